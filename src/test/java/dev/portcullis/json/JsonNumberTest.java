/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.RoundingMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {

  @ParameterizedTest
  @DisplayName("INT-19: a fraction goes to the side that is asked for")
  @CsvSource({
    // literal, down, up
    "1800000000,                        1800000000, 1800000000",
    "1800000000.0,                      1800000000, 1800000000",
    "1800000000.9,                      1800000000, 1800000001",
    "1799999999.9,                      1799999999, 1800000000",
    "1.8e9,                             1800000000, 1800000000",
    "18000000009e-1,                    1800000000, 1800000001",
    "1800000000.00000000000000000001,   1800000000, 1800000001",
    "0.1,                               0,          1",
    "-0.1,                              -1,         0",
    "-1,                                -1,         -1",
    "-1.5,                              -2,         -1",
    "0,                                 0,          0",
    "-0,                                0,          0",
    "-0.0,                              0,          0",
    "0e5,                               0,          0",
    "0e99999999999999999999,            0,          0",
    "-0.00e-99999999999999999,          0,          0",
    "1e-300,                            0,          1",
    "-1e-300,                           -1,         0",
    "1e-400,                            0,          1",
    "-1e-400,                           -1,         0",
    "1e-99999999999999999999,           0,          1",
    "1e-19,                             0,          1",
    "9.9e-20,                           0,          1",
    "12345678901234567890123456e-70,    0,          1",
    "12345678901234567890123456e-25,    1,          2",
  })
  void fraction_isRounded(String literal, long down, long up) {
    JsonNumber number = new JsonNumber(literal);

    assertEquals(down, number.toLong(RoundingMode.FLOOR));
    assertEquals(up, number.toLong(RoundingMode.CEILING));
  }

  @ParameterizedTest
  @DisplayName("INT-20: what a long cannot hold becomes the nearest long")
  @CsvSource({
    "1000000000000000000,              1000000000000000000",
    "1e18,                             1000000000000000000",
    "9007199254740993,                 9007199254740993",
    "9223372036854775806,              9223372036854775806",
    "9223372036854775807,              9223372036854775807",
    "9223372036854775807.5,            9223372036854775807",
    "9223372036854775808,              9223372036854775807",
    "9999999999999999999,              9223372036854775807",
    "1e19,                             9223372036854775807",
    "99999999999999999999999999999999, 9223372036854775807",
    "1e308,                            9223372036854775807",
    "-9223372036854775808,             -9223372036854775808",
    "-9223372036854775809,             -9223372036854775808",
    "-1e19,                            -9223372036854775808",
    "-1e308,                           -9223372036854775808",
  })
  void largeNumber_saturates(String literal, long expected) {
    assertEquals(expected, new JsonNumber(literal).toLong(RoundingMode.FLOOR));
    assertEquals(expected, new JsonNumber(literal).toLong(RoundingMode.CEILING));
  }

  @ParameterizedTest
  @DisplayName("INT-19, INT-14: a number beyond the range of a double, or 32 digits, is not finite")
  @ValueSource(
      strings = {
        "1e400",
        "-1e400",
        "1E309",
        "1e99999999999999999999",
        "17976931348623159e292",
        "111111111111111111111111111111111",
        "1.0000000000000000000000000000000"
      })
  void hugeNumber_isNotFinite(String literal) {
    JsonNumber number = new JsonNumber(literal);

    assertFalse(number.isFinite());
    assertThrows(ArithmeticException.class, () -> number.toLong(RoundingMode.FLOOR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1e308",
        "1e-400",
        "17976931348623157e292",
        "0e99999999999999999999",
        "11111111111111111111111111111111"
      })
  void otherNumber_isFinite(String literal) {
    assertTrue(new JsonNumber(literal).isFinite());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        "01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "NaN",
        "Infinity",
        "1d",
        "0x1p3",
        " 1",
        "1 ",
        "1\n",
        "١",
      })
  void textThatIsNoNumber_makesNoNumber(String literal) {
    assertThrows(IllegalArgumentException.class, () -> new JsonNumber(literal));
  }

  @Test
  void number_isWrittenAsItWasRead() {
    assertEquals("-0.10E+05", new JsonNumber("-0.10E+05").toString());
  }
}
