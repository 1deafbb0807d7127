/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.testing.Choices;
import dev.portcullis.testing.CpuLimit;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Shows a made-up request to the validator and to the {@link ReferenceRules}, and fails if they do
 * not agree, or if the validator throws anything but a refusal. For one thread.
 */
final class ProofTrial {

  private static final String DEFAULTS = "ES256,ES384,ES512,PS256,PS384,PS512,EdDSA,Ed25519";
  private static final AccessToken TOKEN = AccessToken.parse(MadeUpProof.TOKEN).orElseThrow();
  private static final long TIME = 1_795_514_400;
  private static final Instant NOW = Instant.ofEpochSecond(TIME);
  private static final int AGE = 120;

  private final boolean isSigned;
  private final List<String> nonces = new ArrayList<>();
  private final DpopProofValidator validator;
  private final ReferenceRules rules;
  private final CpuLimit limit = new CpuLimit(5);

  private ProofTrial(boolean isSigned, boolean requiresNonce) {
    this.isSigned = isSigned;
    AtomicReference<Instant> now = new AtomicReference<>(NOW.minusSeconds(86_400));
    this.validator =
        new DpopProofValidator(
            settings(requiresNonce),
            now::get,
            isSigned ? Engines.builtIn() : (algorithm, key) -> (i, s) -> true);
    if (requiresNonce) {
      for (int age : new int[] {0, 60, AGE, AGE + 1, 600, -10, -11}) {
        now.set(NOW.minusSeconds(age));
        nonces.add(validator.nonce().orElseThrow());
      }
      nonces.add(nonces.get(0).substring(1));
      nonces.add("A".repeat(nonces.get(0).length()));
      nonces.add("");
    }
    now.set(NOW);
    List<String> good =
        List.of(0, 1, 2, 5).stream().filter(i -> requiresNonce).map(nonces::get).toList();
    this.rules =
        new ReferenceRules(
            List.of(DEFAULTS.split(",", -1)),
            TIME,
            AGE,
            10,
            requiresNonce ? Optional.of(good) : Optional.empty());
  }

  /** Trials in which each signature holds. They tell nothing about signatures, but are quick. */
  static ProofTrial unsigned() {
    return new ProofTrial(false, false);
  }

  /** The same with nonces. */
  static ProofTrial withNonces() {
    return new ProofTrial(false, true);
  }

  /** Trials with signatures as they are. */
  static ProofTrial signed() {
    return new ProofTrial(true, false);
  }

  /** Makes one trial; whether the proof was good. */
  boolean run(Choices choices) throws Exception {
    MadeUpProof made = new MadeUpProof(choices, TIME, isSigned, nonces);
    ResourceRequest request = request(made);
    Optional<String> broken =
        rules.broken(
            made.proofs(),
            made.method(),
            MadeUpProof.ORIGIN,
            made.path(),
            MadeUpProof.TOKEN,
            isSigned);
    limit.run(() -> check(request, broken));
    return broken.isEmpty();
  }

  private void check(ResourceRequest request, Optional<String> broken) {
    try {
      DpopProof proof = validator.check(request, TOKEN).verify();
      assertEquals(Optional.empty(), broken, () -> "passed: " + request + request.proofs());
      Map<String, Object> header = ReferenceRules.header(request.proofs().get(0));
      assertEquals(ReferenceKey.thumbprint(ReferenceRules.jwk(header)), proof.thumbprint());
    } catch (RefusedException e) {
      boolean isNonce = broken.equals(Optional.of("nonce"));
      boolean isKnown =
          e.error().equals(Optional.of(OAuthError.INVALID_DPOP_PROOF))
              || (isNonce && e.error().equals(Optional.of(OAuthError.USE_DPOP_NONCE)));
      assertEquals(true, isKnown, e::getMessage);
      assertEquals(
          true,
          broken.isPresent(),
          () -> "refused, " + e.getMessage() + ": " + request + request.proofs());
    }
  }

  private static DpopSettings settings(boolean requiresNonce) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("dpop.signing-algorithms", DEFAULTS);
    entries.put("dpop.require-nonce", Boolean.toString(requiresNonce));
    return DpopSettings.read(
        new ConfigReader(List.of(PropertySource.of(entries))),
        true,
        new BaseUrls(List.of(URI.create(MadeUpProof.ORIGIN))));
  }

  private static ResourceRequest request(MadeUpProof made) {
    return new ResourceRequest(
        made.method(),
        made.path(),
        Optional.of("q=1"),
        "",
        "/r",
        List.of(),
        made.proofs(),
        new Connection(true, "192.0.2.1", "https", "kiosk.example.com", 443, Optional.empty()));
  }
}
