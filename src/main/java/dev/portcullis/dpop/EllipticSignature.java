/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * The two numbers of an ECDSA signature (RFC 7518 section 3.4): each of fixed length and from 1 to
 * the order less 1. Whatever verifies afterwards need not look at that again.
 */
record EllipticSignature(BigInteger r, BigInteger s) {

  static Optional<EllipticSignature> parse(byte[] octets, EllipticCurve curve) {
    int length = curve.octets();
    if (octets.length != 2 * length) {
      return Optional.empty();
    }
    BigInteger r = new BigInteger(1, Arrays.copyOf(octets, length));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(octets, length, 2 * length));
    return curve.isScalar(r) && curve.isScalar(s)
        ? Optional.of(new EllipticSignature(r, s))
        : Optional.empty();
  }
}
