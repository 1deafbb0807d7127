/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.util.Optional;
import org.jose4j.keys.EllipticCurves;

/**
 * Reads the public key of an EC JWK (RFC 7518 section 6.2.1). Only a point that is on its curve is
 * a key: one that is not gives away the private key it is used with (RFC 8725 section 3.4).
 */
public final class CurvePoint {

  private CurvePoint() {}

  /** The key; empty if the curve is unknown, a coordinate malformed, or the point elsewhere. */
  public static Optional<ECPublicKey> keyOf(JsonObject jwk) {
    if (!jwk.text("kty").equals(Optional.of("EC"))) {
      return Optional.empty();
    }
    return jwk.text("crv").flatMap(CurvePoint::curve).flatMap(curve -> keyOf(jwk, curve));
  }

  private static Optional<ECParameterSpec> curve(String name) {
    return switch (name) {
      case EllipticCurves.P_256 -> Optional.of(EllipticCurves.P256);
      case EllipticCurves.P_384 -> Optional.of(EllipticCurves.P384);
      case EllipticCurves.P_521 -> Optional.of(EllipticCurves.P521);
      default -> Optional.empty();
    };
  }

  private static Optional<ECPublicKey> keyOf(JsonObject jwk, ECParameterSpec curve) {
    int length = (curve.getCurve().getField().getFieldSize() + Byte.SIZE - 1) / Byte.SIZE;
    Optional<BigInteger> x = coordinate(jwk, "x", length);
    Optional<BigInteger> y = coordinate(jwk, "y", length);
    return x.flatMap(left -> y.map(up -> new ECPoint(left, up)))
        .filter(point -> isOn(curve.getCurve(), point))
        .flatMap(point -> key(new ECPublicKeySpec(point, curve)));
  }

  private static Optional<BigInteger> coordinate(JsonObject jwk, String name, int length) {
    return jwk.text(name)
        .flatMap(Base64Url::decode)
        .filter(octets -> octets.length == length)
        .map(octets -> new BigInteger(1, octets));
  }

  private static boolean isOn(EllipticCurve curve, ECPoint point) {
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right = x.pow(2).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right);
  }

  private static Optional<ECPublicKey> key(ECPublicKeySpec spec) {
    try {
      return Optional.of((ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // a curve that this Java does not have
    }
  }
}
