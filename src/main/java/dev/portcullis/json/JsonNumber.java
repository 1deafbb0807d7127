/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * A JSON number (RFC 8259 section 6), kept as it was written. None is converted that is longer than
 * a number needs to be, so that conversion is cheap; its size is looked at before anything is
 * computed.
 */
public record JsonNumber(String literal) implements JsonValue {

  private static final int LONGEST_FINITE = 32;
  private static final int PLAIN_DIGITS = 18;

  private static final Pattern GRAMMAR =
      Pattern.compile("-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");
  private static final Pattern ZERO = Pattern.compile("-?+[0.]++(?:[eE].*+)?+");
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigDecimal TENTH = new BigDecimal("0.1");

  /** Refuses what is not a number. */
  public JsonNumber {
    if (!isPlain(literal) && !GRAMMAR.matcher(literal).matches()) {
      throw new IllegalArgumentException("not a JSON number");
    }
  }

  /**
   * Whether a double can hold the magnitude (RFC 8259 section 6 advises to expect no more), and it
   * is written with at most 32 characters.
   */
  public boolean isFinite() {
    return isPlain(literal)
        || (literal.length() <= LONGEST_FINITE && Double.isFinite(Double.parseDouble(literal)));
  }

  /**
   * The number as a long; beyond the range of a long the nearest one.
   *
   * @param mode where a fraction goes
   * @throws ArithmeticException if the number is not {@linkplain #isFinite() finite}
   */
  public long toLong(RoundingMode mode) {
    if (isPlain(literal)) {
      return Long.parseLong(literal);
    }
    if (!isFinite()) {
      throw new ArithmeticException("not a finite number");
    }
    if (ZERO.matcher(literal).matches()) {
      return 0;
    }
    double magnitude = Math.abs(Double.parseDouble(literal));
    if (magnitude >= 1e19) {
      return isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    // A tiny number rounds as a tenth does, and its digits need not be written out.
    BigDecimal near =
        magnitude >= 1e-19 ? new BigDecimal(literal) : isNegative() ? TENTH.negate() : TENTH;
    return near.setScale(0, mode).toBigIntegerExact().min(LARGEST).max(SMALLEST).longValue();
  }

  /** A whole number as almost all are written, which any long can hold. */
  private static boolean isPlain(String literal) {
    if (literal.isEmpty() || literal.length() > PLAIN_DIGITS) {
      return false;
    }
    for (int i = 0; i < literal.length(); i++) {
      if (literal.charAt(i) < '0' || literal.charAt(i) > '9') {
        return false;
      }
    }
    return literal.charAt(0) != '0' || literal.length() == 1;
  }

  private boolean isNegative() {
    return literal.charAt(0) == '-';
  }

  @Override
  public String toString() {
    return literal;
  }
}
