/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.json.JsonArray;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import java.util.Set;

/**
 * A public key by which the authorization server's signatures are verified (RFC 7517 section 4).
 * Certificates in the JWK ({@code x5c}, {@code x5u}) are not looked at. Immutable.
 *
 * @param id its {@code kid}
 * @param algorithm its {@code alg}: the only one it is for
 */
record VerificationKey(Optional<String> id, Optional<String> algorithm, PublicKey key) {

  private static final Set<String> SECRET_MEMBERS =
      Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
  private static final JsonValue SIGNATURE = new JsonString("sig");
  private static final JsonValue VERIFY = new JsonString("verify");
  private static final int FEWEST_BITS = 2048;
  private static final int MOST_BITS = 8192;
  private static final int MOST_EXPONENT_BITS = 64;
  private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(3);
  private static final int ED25519_OCTETS = 32;

  /** Reads a JWK; empty unless it is a public key of a known kind that is for signatures. */
  static Optional<VerificationKey> of(JsonValue value) {
    if (!(value instanceof JsonObject jwk) || !isForSignatures(jwk)) {
      return Optional.empty();
    }
    if (!isTextOrAbsent(jwk, "kid") || !isTextOrAbsent(jwk, "alg")) {
      return Optional.empty();
    }
    return key(jwk).map(key -> new VerificationKey(jwk.text("kid"), jwk.text("alg"), key));
  }

  /** Whether a signature by that algorithm, with that {@code kid} if any, may be its. */
  boolean mayHaveSigned(SigningAlgorithm by, Optional<String> kid) {
    return (kid.isEmpty() || kid.equals(id))
        && (algorithm.isEmpty() || algorithm.get().equals(by.id()))
        && by.fits(key);
  }

  private static boolean isForSignatures(JsonObject jwk) {
    return SECRET_MEMBERS.stream().noneMatch(name -> jwk.get(name).isPresent())
        && jwk.get("use").map(SIGNATURE::equals).orElse(true)
        && jwk.get("key_ops")
            .map(ops -> ops instanceof JsonArray array && array.values().contains(VERIFY))
            .orElse(true);
  }

  private static Optional<PublicKey> key(JsonObject jwk) {
    try {
      return switch (jwk.text("kty").orElse("")) {
        case "RSA" -> rsa(jwk);
        case "EC" -> CurvePoint.keyOf(jwk).map(key -> key);
        case "OKP" -> edwards(jwk);
        default -> Optional.empty();
      };
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // a key that this Java does not take
    }
  }

  private static Optional<PublicKey> rsa(JsonObject jwk) throws GeneralSecurityException {
    Optional<BigInteger> modulus = number(jwk, "n");
    Optional<BigInteger> exponent = number(jwk, "e");
    if (modulus.isEmpty() || exponent.isEmpty() || !isSound(modulus.get(), exponent.get())) {
      return Optional.empty();
    }
    return Optional.of(
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(modulus.get(), exponent.get())));
  }

  private static boolean isSound(BigInteger modulus, BigInteger exponent) {
    return modulus.bitLength() >= FEWEST_BITS
        && modulus.bitLength() <= MOST_BITS
        && modulus.testBit(0)
        && exponent.compareTo(SMALLEST_EXPONENT) >= 0
        && exponent.bitLength() <= MOST_EXPONENT_BITS
        && exponent.testBit(0);
  }

  private static Optional<PublicKey> edwards(JsonObject jwk) throws GeneralSecurityException {
    Optional<byte[]> octets =
        jwk.text("x").flatMap(Base64Url::decode).filter(x -> x.length == ED25519_OCTETS);
    if (octets.isEmpty() || !jwk.text("crv").equals(Optional.of("Ed25519"))) {
      return Optional.empty();
    }
    byte[] y = reversed(octets.get());
    boolean isOdd = y[0] < 0;
    y[0] &= Byte.MAX_VALUE;
    EdECPoint point = new EdECPoint(isOdd, new BigInteger(1, y));
    return Optional.of(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point)));
  }

  private static byte[] reversed(byte[] octets) {
    byte[] reversed = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      reversed[i] = octets[octets.length - 1 - i];
    }
    return reversed;
  }

  private static Optional<BigInteger> number(JsonObject jwk, String name) {
    return jwk.text(name)
        .flatMap(Base64Url::decode)
        .filter(octets -> octets.length > 0 && octets.length <= MOST_BITS / Byte.SIZE)
        .map(octets -> new BigInteger(1, octets));
  }

  private static boolean isTextOrAbsent(JsonObject jwk, String name) {
    return jwk.get(name).isEmpty() || jwk.text(name).isPresent();
  }
}
