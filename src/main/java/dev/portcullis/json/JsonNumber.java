/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A JSON number, kept as it was written. The reader bounds its length, so that conversion is cheap; the
 * exponent is looked at before anything is computed.
 */
public record JsonNumber(String literal) implements JsonValue {

  private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger SHORTEST = BigInteger.valueOf(Long.MIN_VALUE);

  /** Whether a double can hold the magnitude (RFC 8259 section 6 advises to expect no more). */
  public boolean isFinite() {
    return Double.isFinite(Double.parseDouble(literal));
  }

  /**
   * The number as a long; beyond the range of a long the nearest one.
   *
   * @param mode where a fraction goes
   * @throws ArithmeticException if the number is not {@linkplain #isFinite() finite}
   */
  public long toLong(RoundingMode mode) {
    if (!isFinite()) {
      throw new ArithmeticException("not a finite number");
    }
    double magnitude = Math.abs(Double.parseDouble(literal));
    if (magnitude >= 1e19) {
      return literal.charAt(0) == '-' ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    BigDecimal exact = magnitude == 0 ? BigDecimal.ZERO : new BigDecimal(literal);
    BigInteger rounded = small(exact, mode);
    return rounded.min(LONGEST).max(SHORTEST).longValue();
  }

  @Override
  public String toString() {
    return literal;
  }

  /** Rounds without writing out the digits of a tiny number such as {@code 1e-300}. */
  private static BigInteger small(BigDecimal exact, RoundingMode mode) {
    BigDecimal near = exact.scale() > 64 ? BigDecimal.valueOf(exact.signum(), 1) : exact;
    return near.setScale(0, mode).toBigIntegerExact();
  }
}
