/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Map;
import java.util.Optional;

/**
 * A curve of ECDSA keys (RFC 7518 section 6.2.1.1), with what it takes to check a point. Immutable.
 */
final class EllipticCurve {

  private static final Map<String, EllipticCurve> CURVES =
      Map.of(
          "P-256", new EllipticCurve("secp256r1", 32),
          "P-384", new EllipticCurve("secp384r1", 48),
          "P-521", new EllipticCurve("secp521r1", 66));

  private final int octets;
  private final ECParameterSpec parameters;

  private EllipticCurve(String jca, int octets) {
    this.octets = octets;
    this.parameters = parameters(jca);
  }

  static Optional<EllipticCurve> named(String name) {
    return Optional.ofNullable(CURVES.get(name));
  }

  /** The length of a coordinate, and of each of the two numbers of a signature. */
  int octets() {
    return octets;
  }

  ECParameterSpec parameters() {
    return parameters;
  }

  /** Whether a number can stand in a signature: from 1 to the order less 1. */
  boolean isScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(parameters.getOrder()) < 0;
  }

  /** Whether a point lies on the curve: y² = x³ + ax + b, both coordinates below the prime. */
  boolean contains(BigInteger x, BigInteger y) {
    BigInteger prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
    BigInteger right =
        x.multiply(x)
            .add(parameters.getCurve().getA())
            .multiply(x)
            .add(parameters.getCurve().getB())
            .mod(prime);
    return x.compareTo(prime) < 0
        && y.compareTo(prime) < 0
        && y.multiply(y).mod(prime).equals(right);
  }

  private static ECParameterSpec parameters(String jca) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(jca));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 17 has this curve: " + jca, e);
    }
  }
}
