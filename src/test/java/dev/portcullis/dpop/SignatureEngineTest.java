/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.DpopClient;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast engine says what that of the Java platform says. */
class SignatureEngineTest {

  /** More by the system property; the outcomes of a million were compared once. */
  private static final int ROUNDS = Integer.getInteger("signatures.compared", 20);

  private final SignatureEngine java = new JavaSignatures();
  private final SignatureEngine fast = new CurveSignatures();

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "ES384", "ES512"})
  @DisplayName("DPOP-20, DPOP-21: good and altered signatures, judged alike")
  void engines_agree(String name) {
    SignatureAlgorithm algorithm = SignatureAlgorithm.named(name).orElseThrow();
    Random random = new Random(name.hashCode());
    int good = 0;
    for (int round = 0; round < ROUNDS; round++) {
      DpopClient client = DpopClient.of(name);
      PublicKey key = client.keys().getPublic();
      KeyVerifier ours = fast.verifier(algorithm, key);
      KeyVerifier theirs = java.verifier(algorithm, key);
      byte[] input = ("input " + round).getBytes(StandardCharsets.US_ASCII);
      byte[] signature = client.signature("input " + round);
      for (byte[] candidate : variants(signature, random)) {
        boolean holds = theirs.verifies(input, candidate);
        assertEquals(holds, ours.verifies(input, candidate), () -> Arrays.toString(candidate));
        good += holds ? 1 : 0;
      }
    }
    assertTrue(good >= ROUNDS, "good signatures: " + good);
  }

  private static List<byte[]> variants(byte[] signature, Random random) {
    byte[] oneBit = signature.clone();
    int bit = random.nextInt(signature.length * 8);
    oneBit[bit / 8] ^= (byte) (1 << bit % 8);
    byte[] swapped = new byte[signature.length];
    int half = signature.length / 2;
    System.arraycopy(signature, half, swapped, 0, half);
    System.arraycopy(signature, 0, swapped, half, half);
    byte[] noise = new byte[signature.length];
    random.nextBytes(noise);
    return List.of(
        signature,
        oneBit,
        swapped,
        noise,
        new byte[signature.length],
        Arrays.copyOf(signature, random.nextInt(signature.length + 10)));
  }
}
