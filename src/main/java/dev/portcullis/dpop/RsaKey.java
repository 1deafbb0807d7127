/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.RefusedException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;

/**
 * An RSA key (RFC 7518 section 6.3.1). Sizes are looked at before anything is computed: a large key
 * or exponent makes each verification slow, a small one makes it worthless.
 */
final class RsaKey {

  private static final int SMALLEST_MODULUS = 2048;
  private static final int LARGEST_MODULUS = 4096;
  private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(65_537);
  private static final int LARGEST_EXPONENT = 32;

  private RsaKey() {}

  static ProofKey parse(PublicJwk jwk) throws RefusedException {
    BigInteger modulus = number(jwk, "n");
    BigInteger exponent = number(jwk, "e");
    if (!isStrong(modulus, exponent)) {
      throw Refusals.of(Reason.DPOP_WEAK_KEY, "");
    }
    String canonical =
        String.format("{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}", jwk.text("e"), jwk.text("n"));
    try {
      return new ProofKey(
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)),
          Sha256.base64Url(canonical));
    } catch (GeneralSecurityException e) {
      throw PublicJwk.malformed("n");
    }
  }

  private static boolean isStrong(BigInteger modulus, BigInteger exponent) {
    return modulus.bitLength() >= SMALLEST_MODULUS
        && modulus.bitLength() <= LARGEST_MODULUS
        && modulus.testBit(0)
        && exponent.compareTo(SMALLEST_EXPONENT) >= 0
        && exponent.bitLength() <= LARGEST_EXPONENT
        && exponent.testBit(0);
  }

  /** Without leading zero octets: each number has one spelling (RFC 7518 section 2). */
  private static BigInteger number(PublicJwk jwk, String name) throws RefusedException {
    byte[] octets = jwk.octets(name);
    if (octets[0] == 0) {
      throw PublicJwk.malformed(name);
    }
    return new BigInteger(1, octets);
  }
}
