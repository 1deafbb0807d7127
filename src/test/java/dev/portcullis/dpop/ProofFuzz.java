/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.testing.Choices;

/** Proofs and requests that the fuzzer makes up, judged by the product and by the rules. */
class ProofFuzz {

  private static final ProofTrial UNSIGNED = ProofTrial.unsigned();
  private static final ProofTrial WITH_NONCES = ProofTrial.withNonces();
  private static final ProofTrial SIGNED = ProofTrial.signed();

  @FuzzTest(maxDuration = "10m")
  void madeUpProof_isJudgedByTheRules(FuzzedDataProvider data) throws Exception {
    UNSIGNED.run(Choices.of(data));
  }

  @FuzzTest(maxDuration = "10m")
  void proofWithNonce_isJudgedByTheRules(FuzzedDataProvider data) throws Exception {
    WITH_NONCES.run(Choices.of(data));
  }

  @FuzzTest(maxDuration = "10m")
  void signedProof_isJudgedByTheRules(FuzzedDataProvider data) throws Exception {
    SIGNED.run(Choices.of(data));
  }

  @FuzzTest(maxDuration = "10m")
  void uri_hasTheNormalFormOfTheReference(FuzzedDataProvider data) {
    String uri = data.pickValue(new String[] {"", "https://", "https://a", "https://a/"});
    checkUri(uri + data.consumeRemainingAsString());
  }

  /** Both normalisers agree, and what is normal stays as it is. */
  static void checkUri(String uri) {
    assertEquals(ReferenceUri.normalise(uri), TargetUri.normalise(uri));
    TargetUri.normalise(uri)
        .ifPresent(normal -> assertEquals(normal, TargetUri.normalise(normal).orElseThrow()));
  }
}
