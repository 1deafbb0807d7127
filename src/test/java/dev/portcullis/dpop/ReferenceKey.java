/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Whether a {@code jwk} may prove anything by an algorithm: DPOP-10 to DPOP-16, computed with plain
 * numbers and with the constants of the standards (FIPS 186-4 appendix D, RFC 8032 section 5.1).
 */
final class ReferenceKey {

  private record Curve(String name, int octets, BigInteger prime, BigInteger b) {

    /** y² = x³ - 3x + b. */
    boolean contains(BigInteger x, BigInteger y) {
      BigInteger right = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(b);
      return x.compareTo(prime) < 0
          && y.compareTo(prime) < 0
          && y.pow(2).subtract(right).mod(prime).signum() == 0;
    }
  }

  private static final Map<String, Curve> CURVES =
      Map.of(
          "ES256",
          new Curve(
              "P-256",
              32,
              two(256).subtract(two(224)).add(two(192)).add(two(96)).subtract(BigInteger.ONE),
              hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b")),
          "ES384",
          new Curve(
              "P-384",
              48,
              two(384).subtract(two(128)).subtract(two(96)).add(two(32)).subtract(BigInteger.ONE),
              hex(
                  "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
                      + "c656398d8a2ed19d2a85c8edd3ec2aef")),
          "ES512",
          new Curve(
              "P-521",
              66,
              two(521).subtract(BigInteger.ONE),
              hex(
                  "51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e1"
                      + "56193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00")));

  private static final BigInteger EDWARDS_PRIME = two(255).subtract(BigInteger.valueOf(19));
  private static final List<Object> EDWARDS = List.of("EdDSA", "Ed25519");
  private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private ReferenceKey() {}

  static boolean mayProve(Map<String, Object> members, String algorithm) {
    Map<String, Object> jwk = ReferenceRules.withoutNulls(members);
    Object operations = jwk.getOrDefault("key_ops", List.of("verify"));
    Object named = jwk.getOrDefault("alg", algorithm);
    return PRIVATE.stream().noneMatch(members::containsKey)
        && jwk.getOrDefault("use", "sig").equals("sig")
        && (named.equals(algorithm) || (EDWARDS.contains(named) && EDWARDS.contains(algorithm)))
        && operations instanceof List<?> list
        && list.contains("verify")
        && hasGoodNumbers(jwk, algorithm);
  }

  private static boolean hasGoodNumbers(Map<String, Object> jwk, String algorithm) {
    Object type = jwk.getOrDefault("kty", "");
    Object curve = jwk.getOrDefault("crv", "");
    if (CURVES.containsKey(algorithm)) {
      Curve expected = CURVES.get(algorithm);
      byte[] x = octets(jwk, "x");
      byte[] y = octets(jwk, "y");
      return type.equals("EC")
          && curve.equals(expected.name)
          && x.length == expected.octets
          && y.length == expected.octets
          && expected.contains(new BigInteger(1, x), new BigInteger(1, y));
    }
    if (algorithm.startsWith("Ed")) {
      return type.equals("OKP") && curve.equals("Ed25519") && isEdwards(octets(jwk, "x"));
    }
    return type.equals("RSA") && isRsa(octets(jwk, "n"), octets(jwk, "e"));
  }

  private static boolean isRsa(byte[] n, byte[] e) {
    if (n.length == 0 || e.length == 0 || n[0] == 0 || e[0] == 0) {
      return false;
    }
    BigInteger modulus = new BigInteger(1, n);
    BigInteger exponent = new BigInteger(1, e);
    return modulus.compareTo(two(2047)) >= 0
        && modulus.compareTo(two(4096)) < 0
        && modulus.testBit(0)
        && exponent.compareTo(BigInteger.valueOf(65_537)) >= 0
        && exponent.compareTo(two(32)) < 0
        && exponent.testBit(0);
  }

  /**
   * 32 octets, y below the prime, and if there is such a point, one whose eightfold is not zero.
   */
  private static boolean isEdwards(byte[] octets) {
    if (octets.length != 32) {
      return false;
    }
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32; i++) {
      reversed[i] = octets[31 - i];
    }
    BigInteger y = new BigInteger(1, reversed).clearBit(255);
    return y.compareTo(EDWARDS_PRIME) < 0 && !isSmall(y);
  }

  /**
   * Whether three doublings of the point of that y lead to the neutral element, whose y is 1. With
   * y alone: x² = (y² - 1) / (dy² + 1), and y of the double is (y² + x²) / (1 - dx²y²).
   */
  private static boolean isSmall(BigInteger y) {
    BigInteger p = EDWARDS_PRIME;
    BigInteger d =
        BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(p)).mod(p);
    BigInteger double1 = y;
    for (int i = 0; i < 3; i++) {
      BigInteger y2 = double1.multiply(double1).mod(p);
      BigInteger divisor = d.multiply(y2).add(BigInteger.ONE).mod(p);
      BigInteger x2 = y2.subtract(BigInteger.ONE).multiply(divisor.modInverse(p)).mod(p);
      BigInteger below = BigInteger.ONE.subtract(d.multiply(x2).multiply(y2)).mod(p);
      double1 = y2.add(x2).multiply(below.modInverse(p)).mod(p);
    }
    return double1.equals(BigInteger.ONE);
  }

  /** The octets of a member, none if it is not a text of canonical base64url. */
  static byte[] octets(Map<String, Object> jwk, String name) {
    return jwk.getOrDefault(name, 0) instanceof String text
        ? decode(text).orElse(new byte[0])
        : new byte[0];
  }

  /** Canonical is what comes out again when it is encoded. */
  static Optional<byte[]> decode(String text) {
    try {
      byte[] octets = Base64.getUrlDecoder().decode(text);
      String again = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
      return again.equals(text) ? Optional.of(octets) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The thumbprint by the JOSE library, of the members that make the key. */
  static String thumbprint(Map<String, Object> jwk) {
    Map<String, Object> key = new HashMap<>(jwk);
    key.keySet().retainAll(Arrays.asList("kty", "crv", "x", "y", "n", "e"));
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(key)
          .calculateBase64urlEncodedThumbprint("SHA-256");
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BigInteger two(int exponent) {
    return BigInteger.TWO.pow(exponent);
  }

  private static BigInteger hex(String digits) {
    return new BigInteger(digits, 16);
  }
}
