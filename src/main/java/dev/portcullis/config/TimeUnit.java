/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The unit a setting counts in. A value may name another one as a suffix. */
enum TimeUnit {
  /** A thousandth of a second. */
  MILLISECONDS(1),
  /** A second. */
  SECONDS(1000),
  /** 3600 seconds. */
  HOURS(3_600_000);

  private static final Pattern QUANTITY = Pattern.compile("(-?[0-9]+)(ms|s|m|h|d)?");
  private static final Map<String, Long> SUFFIXES =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private final long millis;

  TimeUnit(long millis) {
    this.millis = millis;
  }

  /** The word of messages. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * How many of this unit a text means. A text that means a fraction of it ({@code 500ms} where
   * seconds are counted) is refused, as rounding could turn a limit into none.
   */
  BigInteger count(String text) throws UnreadableValueException {
    Matcher quantity = QUANTITY.matcher(text);
    if (!quantity.matches()) {
      throw new UnreadableValueException(
          "must be a whole number, optionally with a unit: ms, s, m, h, d.");
    }
    BigInteger number = new BigInteger(quantity.group(1));
    Long suffix = SUFFIXES.get(Objects.toString(quantity.group(2), ""));
    if (suffix == null) {
      return number;
    }
    BigInteger inMillis = number.multiply(BigInteger.valueOf(suffix));
    BigInteger[] parts = inMillis.divideAndRemainder(BigInteger.valueOf(millis));
    if (parts[1].signum() != 0) {
      throw new UnreadableValueException("must be a whole number of " + word() + ".");
    }
    return parts[0];
  }

  /** A number of this unit; cut to 292 years, so that it always fits into a long of nanoseconds. */
  Duration times(long count) {
    long most = Long.MAX_VALUE / 1_000_000 / millis;
    return Duration.ofMillis(Math.max(-most, Math.min(most, count)) * millis);
  }
}
