/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * The two numbers of an ECDSA signature (RFC 7518 section 3.4): each of fixed length and from 1 to
 * the order less 1. Whatever verifies afterwards need not look at that again.
 */
record EllipticSignature(BigInteger r, BigInteger s) {

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int LONGEST_SHORT = 0x7f;
  private static final int ONE_OCTET_LENGTH = 0x81;

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

  /** The same as Ecdsa-Sig-Value of RFC 3279 section 2.2.3, in DER. */
  byte[] der() {
    ByteArrayOutputStream numbers = new ByteArrayOutputStream();
    write(INTEGER, r.toByteArray(), numbers);
    write(INTEGER, s.toByteArray(), numbers);
    ByteArrayOutputStream sequence = new ByteArrayOutputStream();
    write(SEQUENCE, numbers.toByteArray(), sequence);
    return sequence.toByteArray();
  }

  /** No content is longer than 138 octets, those of the largest curve. */
  private static void write(int tag, byte[] content, ByteArrayOutputStream out) {
    out.write(tag);
    if (content.length > LONGEST_SHORT) {
      out.write(ONE_OCTET_LENGTH);
    }
    out.write(content.length);
    out.writeBytes(content);
  }
}
