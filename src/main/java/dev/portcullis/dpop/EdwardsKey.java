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
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/**
 * An Ed25519 key (RFC 8037 section 2, RFC 8032 section 5.1.5). The points of small order are no
 * keys: signatures can be made that verify any message with them.
 */
final class EdwardsKey {

  private static final int OCTETS = 32;
  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The y coordinates of the eight points whose order divides 8. */
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          PRIME.subtract(BigInteger.ONE),
          new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16),
          new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16));

  private EdwardsKey() {}

  static ProofKey parse(PublicJwk jwk) throws RefusedException {
    byte[] octets = jwk.octets("x");
    if (octets.length != OCTETS) {
      throw PublicJwk.malformed("x");
    }
    EdECPoint point = point(octets);
    if (point.getY().compareTo(PRIME) >= 0 || SMALL_ORDER.contains(point.getY())) {
      throw Refusals.of(Reason.DPOP_WEAK_KEY, "");
    }
    String canonical =
        String.format("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"%s\"}", jwk.text("x"));
    try {
      return new ProofKey(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point)),
          Sha256.base64Url(canonical));
    } catch (GeneralSecurityException e) {
      throw PublicJwk.malformed("x");
    }
  }

  /** Little-endian y; the highest bit tells which of the two x it is. */
  private static EdECPoint point(byte[] octets) {
    byte[] bigEndian = new byte[OCTETS];
    for (int i = 0; i < OCTETS; i++) {
      bigEndian[i] = octets[OCTETS - 1 - i];
    }
    boolean isXodd = bigEndian[0] < 0;
    bigEndian[0] &= 0x7f;
    return new EdECPoint(isXodd, new BigInteger(1, bigEndian));
  }
}
