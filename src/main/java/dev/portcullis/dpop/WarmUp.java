/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.threads.BackgroundThreads;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Validates known proofs after the start, in the background and for a bounded time, so that the
 * first client does not wait while Java learns to do that fast. Safe for use by several threads.
 */
public final class WarmUp implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST = 4_000;

  /** After so many, the key is a new one again: what that takes is to be fast, too. */
  private static final int SAME_KEY = 4;

  private final BackgroundThreads threads = new BackgroundThreads("portcullis-dpop-warm-up");
  private final DpopSettings settings;
  private final SignatureEngine signatures;

  private WarmUp(DpopSettings settings, SignatureEngine signatures) {
    this.settings = forKnownProofs(settings);
    this.signatures = signatures;
  }

  /** Starts, unless there are no proofs to come, and does not wait for the end. */
  public static WarmUp start(DpopSettings settings, TestedSignatures signatures) {
    WarmUp warmUp = new WarmUp(settings, signatures);
    if (settings.isOn()) {
      warmUp.threads.newThread(warmUp::run).start();
    }
    return warmUp;
  }

  /** The first algorithm is what clients are asked to use: the others only once. */
  private void run() {
    List<KnownProof> proofs = List.copyOf(KnownProof.of(settings.algorithms()).values());
    long start = System.nanoTime();
    int done = 0;
    try {
      for (KnownProof proof : proofs) {
        validate(proof, 1);
      }
      while (done < MOST
          && System.nanoTime() - start < LONGEST.toNanos()
          && !Thread.currentThread().isInterrupted()) {
        validate(proofs.get(0), SAME_KEY);
        done += SAME_KEY;
      }
      LOG.log(Level.DEBUG, "Warmed up with {0} DPoP proofs", done);
    } catch (RefusedException | RuntimeException e) {
      LOG.log(Level.WARNING, "Warming up for DPoP proofs failed", e);
    }
  }

  private void validate(KnownProof proof, int times) throws RefusedException {
    DpopProofValidator validator =
        new DpopProofValidator(
            settings, () -> Instant.ofEpochSecond(KnownProof.ISSUED_AT), signatures);
    ResourceRequest request = request(proof);
    for (int i = 0; i < times; i++) {
      validator.validate(request, AccessToken.parse(KnownProof.TOKEN).orElseThrow());
    }
  }

  private static ResourceRequest request(KnownProof proof) {
    return new ResourceRequest(
        "GET",
        KnownProof.PATH,
        Optional.empty(),
        "",
        KnownProof.PATH,
        List.of(),
        List.of(proof.text()),
        new Connection(true, "", "https", "known.invalid", 443, Optional.empty()));
  }

  private static DpopSettings forKnownProofs(DpopSettings settings) {
    return new DpopSettings(
        settings.isOn(),
        false,
        settings.proofLifetime(),
        settings.clockSkew(),
        settings.algorithms(),
        settings.signatureProvider(),
        settings.detectsReplay(),
        settings.maxEntries(),
        settings.store(),
        settings.nonces(),
        new BaseUrls(List.of(URI.create(KnownProof.URL).resolve("/"))));
  }

  /** Ends it, if it has not ended. */
  @Override
  public void close() {
    threads.close();
  }
}
