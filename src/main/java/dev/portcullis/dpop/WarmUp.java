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
 * Has requests with known proofs decided about after the start, in the background and for a bounded
 * time, so that the first client does not wait while Java learns to do that fast. Safe for use by
 * several threads.
 */
public final class WarmUp implements AutoCloseable {

  /** What the requests are for: a resource like the protected one, and not that one. */
  @FunctionalInterface
  public interface Resource {

    /**
     * Whether a request passes.
     *
     * @param proofs judges its proof as of the time that the proof is from
     * @param thumbprint of the key that its token is bound to
     */
    boolean admits(ResourceRequest request, DpopProofValidator proofs, String thumbprint);
  }

  private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST = 4_000;
  private static final AccessToken TOKEN = AccessToken.parse(KnownProof.TOKEN).orElseThrow();

  /** After so many, the key is a new one again: what that takes is to be fast, too. */
  private static final int SAME_KEY = 4;

  private final BackgroundThreads threads = new BackgroundThreads("portcullis-dpop-warm-up");
  private final DpopSettings settings;
  private final SignatureEngine signatures;
  private final Resource resource;

  private WarmUp(DpopSettings settings, SignatureEngine signatures, Resource resource) {
    this.settings = forKnownProofs(settings);
    this.signatures = signatures;
    this.resource = resource;
  }

  /** Starts, unless there are no proofs to come, and does not wait for the end. */
  public static WarmUp start(
      DpopSettings settings, TestedSignatures signatures, Resource resource) {
    WarmUp warmUp = new WarmUp(settings, signatures, resource);
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
        send(proof, 1);
      }
      while (done < MOST
          && System.nanoTime() - start < LONGEST.toNanos()
          && !Thread.currentThread().isInterrupted()) {
        send(proofs.get(0), SAME_KEY);
        done += SAME_KEY;
      }
      LOG.log(Level.DEBUG, "Warmed up with {0} DPoP proofs", done);
    } catch (RefusedException | RuntimeException | Error e) {
      LOG.log(Level.WARNING, "Warming up for DPoP proofs failed", e);
    }
  }

  private void send(KnownProof proof, int times) throws RefusedException {
    DpopProofValidator validator =
        new DpopProofValidator(
            settings, () -> Instant.ofEpochSecond(KnownProof.ISSUED_AT), signatures);
    ResourceRequest request = request(proof);
    String thumbprint = validator.check(request, TOKEN).thumbprint();
    for (int i = 0; i < times; i++) {
      if (!resource.admits(request, validator, thumbprint)) {
        throw new IllegalStateException("a known proof did not pass");
      }
    }
  }

  private static ResourceRequest request(KnownProof proof) {
    return new ResourceRequest(
        "GET",
        KnownProof.PATH,
        Optional.empty(),
        "",
        KnownProof.PATH,
        List.of("DPoP " + TOKEN.reveal()),
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
