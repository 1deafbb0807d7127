/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import static dev.portcullis.config.TestingConfig.problems;
import static dev.portcullis.config.TestingConfig.reader;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationSettingsTest {

  private static final String MALFORMED =
      "must be a whole number, optionally with a unit: ms, s, m, h, d.";
  private static final long YEARS_292 = 9_223_372_036L;

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "3600, 3600",
    "1s, 1",
    "3600s, 3600",
    "1m, 60",
    "60m, 3600",
    "1h, 3600",
    "1000ms, 1",
    "3600000ms, 3600",
    "0120, 120",
  })
  void secondsWithinBounds_areRead(String text, long expected) throws Exception {
    ConfigReader reader = reader("dpop.proof-lifetime", text);

    assertEquals(Duration.ofSeconds(expected), reader.seconds("dpop.proof-lifetime", 120, 1, 3600));
    reader.finish();
  }

  @ParameterizedTest
  @DisplayName("CFG-01: seconds out of range stop the start, however they are written")
  @ValueSource(
      strings = {
        "0",
        "-1",
        "3601",
        "0s",
        "0ms",
        "61m",
        "2h",
        "1d",
        "3601000ms",
        "-1m",
        "1000000000000",
        "1000000000000d",
        "18446744073709551617",
        "213503982334602d",
        "9223372036854775807d",
        "99999999999999999999999999999999999999h",
      })
  void secondsOutOfBounds_areAMistake(String text) {
    ConfigReader reader = reader("dpop.proof-lifetime", text);

    assertEquals(Duration.ofSeconds(120), reader.seconds("dpop.proof-lifetime", 120, 1, 3600));
    assertEquals(
        List.of("dpop.proof-lifetime: must be between 1 and 3600 seconds."), problems(reader));
  }

  @ParameterizedTest
  @DisplayName("CFG-01: a malformed duration stops the start")
  @ValueSource(
      strings = {
        "+1", "1.5", "1.5s", "1 s", "s", "ms", "1S", "1M", "1w", "1sec", "1us", "1m30s", "PT1M",
        "ten", "1e3", "--1", "-", "1s,", "１",
      })
  void otherText_isNoDuration(String text) {
    ConfigReader reader = reader("a.b", text);

    assertEquals(Duration.ofSeconds(120), reader.seconds("a.b", 120, 1, 3600));
    assertEquals(List.of("a.b: " + MALFORMED), problems(reader));
  }

  @ParameterizedTest
  @ValueSource(strings = {"500ms", "1ms", "999ms", "1001ms", "-500ms"})
  void fractionOfASecond_isAMistakeWhereSecondsAreCounted(String text) {
    ConfigReader reader = reader("a.b", text);

    assertEquals(Duration.ofSeconds(120), reader.seconds("a.b", 120, 0, 3600));
    assertEquals(List.of("a.b: must be a whole number of seconds."), problems(reader));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "60000, 60000", "1s, 1000", "60s, 60000", "1m, 60000", "1ms, 1"})
  void millisecondsWithinBounds_areRead(String text, long expected) throws Exception {
    ConfigReader reader = reader("http.read-timeout", text);

    assertEquals(Duration.ofMillis(expected), reader.millis("http.read-timeout", 5000, 1, 60000));
    reader.finish();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "60001", "61s", "2m", "1h", "-1", "1000000000000s"})
  void millisecondsOutOfBounds_areAMistake(String text) {
    ConfigReader reader = reader("http.read-timeout", text);

    assertEquals(Duration.ofMillis(5000), reader.millis("http.read-timeout", 5000, 1, 60000));
    assertEquals(
        List.of("http.read-timeout: must be between 1 and 60000 milliseconds."), problems(reader));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "8760, 8760", "1h, 1", "60m, 1", "3600s, 1", "365d, 8760"})
  void hoursWithinBounds_areRead(String text, long expected) throws Exception {
    ConfigReader reader = reader("client.key-roll-interval", text);

    assertEquals(Duration.ofHours(expected), reader.hours("client.key-roll-interval", 24, 1, 8760));
    reader.finish();
  }

  @ParameterizedTest
  @CsvSource({
    "0, must be between 1 and 8760 hours.",
    "8761, must be between 1 and 8760 hours.",
    "366d, must be between 1 and 8760 hours.",
    "90m, must be a whole number of hours.",
    "1ms, must be a whole number of hours.",
  })
  void otherHours_areAMistake(String text, String problem) {
    ConfigReader reader = reader("client.key-roll-interval", text);

    assertEquals(Duration.ofHours(24), reader.hours("client.key-roll-interval", 24, 1, 8760));
    assertEquals(List.of("client.key-roll-interval: " + problem), problems(reader));
  }

  @Test
  void secondsWithoutDefault_mayBeMissing() {
    ConfigReader reader = reader("rule.a.max-age", "0", "rule.b.max-age", "-1");

    assertEquals(Optional.of(Duration.ZERO), reader.seconds("rule.a.max-age", 0, Long.MAX_VALUE));
    assertEquals(Optional.empty(), reader.seconds("rule.b.max-age", 0, Long.MAX_VALUE));
    assertEquals(Optional.empty(), reader.seconds("rule.c.max-age", 0, Long.MAX_VALUE));
    assertEquals(List.of("rule.b.max-age: must be 0 or greater."), problems(reader));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "120, 120",
    "2m, 120",
    "1d, 86400",
    "9223372036, 9223372036",
    "9223372037, 9223372036",
    "1000000000000, 9223372036",
    "9223372036854775807, 9223372036",
    "99999999999999999999999999999999d, 9223372036",
  })
  void timeToLive_isReadAndNeverWraps(String text, long expected) throws Exception {
    ConfigReader reader = reader("cache.token-time-to-live", text);

    assertEquals(
        Optional.of(Duration.ofSeconds(expected)),
        reader.secondsOrUnlimited("cache.token-time-to-live", Optional.empty()));
    reader.finish();
  }

  @Test
  void longestDuration_canBeCountedInNanoseconds() {
    ConfigReader reader = reader("a", "9223372036854775807", "b", "9223372036854775807");

    assertEquals(YEARS_292, reader.seconds("a", 0, 0, Long.MAX_VALUE).toNanos() / 1_000_000_000);
    assertEquals(YEARS_292, reader.millis("b", 0, 0, Long.MAX_VALUE).toNanos() / 1_000_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-1s", "-1000ms", ""})
  void timeToLiveOfMinusOne_isUnlimited(String text) throws Exception {
    ConfigReader reader = reader("cache.token-time-to-live", text);

    assertEquals(
        Optional.empty(), reader.secondsOrUnlimited("cache.token-time-to-live", Optional.empty()));
    reader.finish();
  }

  @ParameterizedTest
  @DisplayName("CFG-01: a time to live below -1 stops the start")
  @ValueSource(strings = {"-2", "-2s", "-1m", "-9223372036854775808", "-9223372036854775809"})
  void timeToLiveBelowMinusOne_isAMistake(String text) {
    ConfigReader reader = reader("cache.token-time-to-live", text);

    reader.secondsOrUnlimited("cache.token-time-to-live", Optional.empty());
    assertEquals(List.of("cache.token-time-to-live: must be -1 or greater."), problems(reader));
  }
}
