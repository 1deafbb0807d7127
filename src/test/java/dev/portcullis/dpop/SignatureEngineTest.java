/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.testing.DpopClient;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each engine says of good, random and altered signatures what the Java platform says. {@code
 * -Dportcullis.signatures=1000000} compares a million by what is in the JAR, and a quarter of that
 * by each native provider; {@code -Dportcullis.seed=…} repeats a run.
 */
class SignatureEngineTest {

  private static final int COMPARED = Integer.getInteger("portcullis.signatures", 2_000);
  private static final long SEED = Long.getLong("portcullis.seed", System.nanoTime());
  private static final int SAME_KEY = 210;

  /** Of a thousand; by what costs least, so that a million are done while one waits. */
  private static final Map<String, Integer> SHARES =
      new TreeMap<>(
          Map.of(
              "ES256", 400, "ES384", 100, "ES512", 50, "PS256", 150, "RS256", 150, "EdDSA", 150));

  /** What is done to a signature, its input or its key. */
  private enum Mutation {
    NONE,
    ONE_BIT,
    SEVERAL_BITS,
    NOISE,
    ZERO,
    FIRST_ZERO,
    SECOND_ZERO,
    ORDER,
    ABOVE_ORDER,
    NEGATED,
    SWAPPED,
    SHORTER,
    LONGER,
    OTHER_INPUT,
    OTHER_KEY
  }

  private final SignatureEngine java = new JavaSignatures();
  private final Random random = new Random(SEED);
  private final Map<Mutation, int[]> outcomes = new EnumMap<>(Mutation.class);

  @Test
  @DisplayName("DPOP-20, DPOP-21: what is in the JAR judges as Java does")
  void builtIn_agreesWithJava() {
    compare(Engines.builtIn(), COMPARED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"accp", "conscrypt"})
  @DisplayName("DPOP-20, DPOP-21: native providers judge as Java does")
  void nativeProviders_agreeWithJava(String name) throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the native libraries at hand are for Linux on x86-64");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    URL file = Path.of(System.getProperty(name + ".jar")).toUri().toURL();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {file}, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      compare(
          NativeSignatures.find(
                  name.equals("accp") ? SignatureProvider.ACCP : SignatureProvider.CONSCRYPT)
              .orElseThrow(),
          COMPARED / 4);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private void compare(SignatureEngine engine, int all) {
    long start = System.nanoTime();
    Map<String, Integer> compared = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> share : SHARES.entrySet()) {
      SignatureAlgorithm algorithm = SignatureAlgorithm.named(share.getKey()).orElseThrow();
      if (engine.has(algorithm)) {
        int number =
            Math.max(2 * Mutation.values().length, (int) ((long) all * share.getValue() / 1000));
        compare(engine, algorithm, number);
        compared.put(share.getKey(), number);
      }
    }
    System.out.printf(
        "%s: seed %d, compared %s in %d s: %s%n",
        engine, SEED, compared, (System.nanoTime() - start) / 1_000_000_000, told());
    assertTrue(outcomes.get(Mutation.NONE)[0] > 0, "no good signature was taken");
    assertTrue(outcomes.get(Mutation.ONE_BIT)[1] > 0, "no bad signature was refused");
  }

  private void compare(SignatureEngine engine, SignatureAlgorithm algorithm, int number) {
    DpopClient client = DpopClient.of(algorithm.toString());
    KeyVerifier ours = engine.verifier(algorithm, client.keys().getPublic());
    KeyVerifier theirs = java.verifier(algorithm, client.keys().getPublic());
    byte[] signature = {};
    String input = "";
    for (int i = 0; i < number; i++) {
      if (i % SAME_KEY == 0 && algorithm.keyType() != SignatureAlgorithm.KeyType.RSA) {
        client = DpopClient.of(algorithm.toString());
        ours = engine.verifier(algorithm, client.keys().getPublic());
        theirs = java.verifier(algorithm, client.keys().getPublic());
      }
      if (i % Mutation.values().length == 0) {
        input = Long.toString(random.nextLong()).repeat(random.nextInt(40));
        signature = client.signature(input);
      }
      Mutation mutation = Mutation.values()[i % Mutation.values().length];
      byte[] candidate = mutate(signature, mutation, algorithm);
      byte[] octets = input.getBytes(StandardCharsets.US_ASCII);
      KeyVerifier mine = ours;
      KeyVerifier reference = theirs;
      if (mutation == Mutation.OTHER_INPUT) {
        octets = (input + "x").getBytes(StandardCharsets.US_ASCII);
      } else if (mutation == Mutation.OTHER_KEY) {
        DpopClient other = OTHERS.computeIfAbsent(algorithm, a -> DpopClient.of(a.toString()));
        mine = engine.verifier(algorithm, other.keys().getPublic());
        reference = java.verifier(algorithm, other.keys().getPublic());
      }
      boolean holds = reference.verifies(octets, candidate);
      assertEquals(
          holds,
          mine.verifies(octets, candidate),
          () ->
              engine
                  + " "
                  + algorithm
                  + " "
                  + mutation
                  + ", seed "
                  + SEED
                  + ": "
                  + Base64.getEncoder().encodeToString(candidate));
      outcomes.computeIfAbsent(mutation, m -> new int[2])[holds ? 0 : 1]++;
    }
  }

  private static final Map<SignatureAlgorithm, DpopClient> OTHERS =
      new EnumMap<>(SignatureAlgorithm.class);

  private byte[] mutate(byte[] signature, Mutation mutation, SignatureAlgorithm algorithm) {
    byte[] copy = signature.clone();
    int half = copy.length / 2;
    BigInteger order =
        EllipticCurve.named(algorithm.curve())
            .map(curve -> curve.parameters().getOrder())
            .orElse(BigInteger.ONE.shiftLeft(8 * half - 1));
    switch (mutation) {
      case NONE, OTHER_INPUT, OTHER_KEY -> {}
      case ONE_BIT -> flip(copy);
      case SEVERAL_BITS -> {
        for (int i = 0; i < 8; i++) {
          flip(copy);
        }
      }
      case NOISE -> random.nextBytes(copy);
      case ZERO -> Arrays.fill(copy, (byte) 0);
      case FIRST_ZERO -> Arrays.fill(copy, 0, half, (byte) 0);
      case SECOND_ZERO -> Arrays.fill(copy, half, copy.length, (byte) 0);
      case ORDER -> put(order, copy, half);
      case ABOVE_ORDER -> put(order.add(new BigInteger(1, Arrays.copyOf(copy, half))), copy, 0);
      case NEGATED ->
          put(
              order.subtract(new BigInteger(1, Arrays.copyOfRange(copy, half, copy.length))),
              copy,
              half);
      case SWAPPED -> {
        System.arraycopy(signature, half, copy, 0, half);
        System.arraycopy(signature, 0, copy, half, half);
      }
      case SHORTER -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
      case LONGER -> copy = Arrays.copyOf(copy, copy.length + 1 + random.nextInt(10));
    }
    return copy;
  }

  private void flip(byte[] octets) {
    int bit = random.nextInt(8 * octets.length);
    octets[bit / 8] ^= (byte) (1 << bit % 8);
  }

  private static void put(BigInteger number, byte[] octets, int start) {
    byte[] fixed = DpopClient.fixed(number.abs(), octets.length / 2);
    System.arraycopy(fixed, 0, octets, start, fixed.length);
  }

  private String told() {
    StringBuilder text = new StringBuilder();
    outcomes.forEach(
        (mutation, count) ->
            text.append(mutation)
                .append(' ')
                .append(count[0])
                .append('+')
                .append(count[1])
                .append(' '));
    return text.toString();
  }
}
