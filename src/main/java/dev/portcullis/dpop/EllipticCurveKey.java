/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.oauth.RefusedException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;

/** An EC key (RFC 7518 section 6.2.1): coordinates of full length, of a point on the curve. */
final class EllipticCurveKey {

  private EllipticCurveKey() {}

  static ProofKey parse(PublicJwk jwk, String crv) throws RefusedException {
    EllipticCurve curve = EllipticCurve.named(crv).orElseThrow(() -> PublicJwk.malformed("crv"));
    BigInteger x = coordinate(jwk, "x", curve);
    BigInteger y = coordinate(jwk, "y", curve);
    if (!curve.contains(x, y)) {
      throw PublicJwk.malformed("x, y");
    }
    String canonical =
        String.format(
            "{\"crv\":\"%s\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}",
            crv, jwk.text("x"), jwk.text("y"));
    try {
      return new ProofKey(
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve.parameters())),
          Sha256.base64Url(canonical));
    } catch (GeneralSecurityException e) {
      throw PublicJwk.malformed("x, y");
    }
  }

  private static BigInteger coordinate(PublicJwk jwk, String name, EllipticCurve curve)
      throws RefusedException {
    byte[] octets = jwk.octets(name);
    if (octets.length != curve.octets()) {
      throw PublicJwk.malformed(name);
    }
    return new BigInteger(1, octets);
  }
}
