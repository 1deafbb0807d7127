/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.math.BigInteger;

/**
 * What a number may be.
 *
 * @param min the least value allowed
 * @param max the greatest value allowed; {@link Long#MAX_VALUE} stands for no limit
 */
record Range(long min, long max) {

  /** The number, if it is within; without an upper limit a number too large for a long is cut. */
  long check(BigInteger number, String unit) throws UnreadableValueException {
    BigInteger greatest = BigInteger.valueOf(max);
    boolean tooGreat = max != Long.MAX_VALUE && number.compareTo(greatest) > 0;
    if (tooGreat || number.compareTo(BigInteger.valueOf(min)) < 0) {
      throw new UnreadableValueException(problem(unit));
    }
    return number.min(greatest).longValueExact();
  }

  private String problem(String unit) {
    if (max == Long.MAX_VALUE) {
      return "must be " + min + " or greater.";
    }
    return "must be between " + min + " and " + max + (unit.isEmpty() ? "" : " " + unit) + ".";
  }

  @Override
  public String toString() {
    return max == Long.MAX_VALUE ? min + " or greater" : min + " to " + max;
  }
}
