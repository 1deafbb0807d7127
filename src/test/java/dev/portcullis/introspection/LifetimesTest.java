/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import static dev.portcullis.oauth.Tokens.active;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.oauth.Tokens;
import dev.portcullis.testing.RecordedLog;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long an answer is kept. */
class LifetimesTest {

  @ParameterizedTest
  @DisplayName("CAC-01, CAC-02: the shorter of the setting and the time left to exp")
  @CsvSource({
    "30, '\"exp\":1800000100',  30",
    "30, '\"exp\":1800000030',  30",
    "30, '\"exp\":1800000029',  29",
    "30, '\"exp\":1800000005',  5",
    "30, '\"exp\":1800000005.9', 5",
    "30, '\"exp\":1800000000',  0",
    "30, '\"exp\":1799999990',  -10",
    "30, '',                    30",
    "0,  '\"exp\":1800000100',  0",
    "0,  '',                    0",
    "-1, '\"exp\":1800000100',  100",
    "-1, '',                    60"
  })
  void activeToken_livesForTheShorterTime(String timeToLive, String members, long seconds) {
    Lifetimes lifetimes = new Lifetimes(Caches.settings("cache.token-time-to-live", timeToLive));
    assertEquals(Duration.ofSeconds(seconds), lifetimes.of(active(members)));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 0"})
  void noExpAndNoLimit_isTheDefault(String setting, long seconds) {
    Lifetimes lifetimes =
        new Lifetimes(
            Caches.settings(
                "cache.token-time-to-live", "-1", "cache.default-time-to-live", setting));
    assertEquals(Duration.ofSeconds(seconds), lifetimes.of(active("")));
  }

  @Test
  @DisplayName("CAC-09: an inactive token has a time of its own")
  void inactiveToken_livesForItsOwnTime() {
    assertEquals(Duration.ofSeconds(5), new Lifetimes(Caches.settings()).of(Tokens.inactive()));
  }

  @Test
  @DisplayName("CAC-01: nothing is kept unless that is switched on")
  void off_keepsNothing() {
    Lifetimes lifetimes =
        new Lifetimes(Caches.settings("cache.tokens", "false", "cache.inactive-time-to-live", ""));
    assertEquals(Duration.ZERO, lifetimes.of(active("\"exp\":1800000100")));
    assertEquals(Duration.ZERO, lifetimes.of(Tokens.inactive()));
  }

  @ParameterizedTest
  @DisplayName("INT-20: an exp that is years away does not prolong anything, and is told once")
  @ValueSource(
      strings = {"1800000000000", "9007199254740992", "1000000000000000000", "9223372036854775806"})
  void implausibleExp_doesNotCount(String exp) {
    try (RecordedLog log = RecordedLog.of("dev.portcullis.introspection")) {
      Lifetimes unlimited = new Lifetimes(Caches.settings("cache.token-time-to-live", "-1"));
      assertEquals(Duration.ofSeconds(60), unlimited.of(active("\"exp\":" + exp)));
      assertEquals(Duration.ofSeconds(60), unlimited.of(active("\"exp\":" + exp)));
      assertEquals(
          List.of("The authorization server gives tokens an exp that is years away."),
          log.lines(Level.WARNING));
      Lifetimes limited = new Lifetimes(Caches.settings());
      assertEquals(Duration.ofSeconds(30), limited.of(active("\"exp\":" + exp)));
    }
  }

  @Test
  @DisplayName("INT-20: an exp beyond a long is no exp")
  void endlessExp_doesNotCount() {
    Lifetimes unlimited = new Lifetimes(Caches.settings("cache.token-time-to-live", "-1"));
    assertEquals(Duration.ofSeconds(60), unlimited.of(active("\"exp\":1e300")));
  }

  @ParameterizedTest
  @DisplayName("INT-20: huge times do not overflow")
  @CsvSource({
    "1000000000000000000,  1000000000000000000",
    "1000000000000000000,  -1000000000000000000",
    "-1000000000000000000, 1000000000000000000",
    "1800000100,           1000000000000000000",
    "1800000100,           -1e300",
    "-1e300,               1e300"
  })
  void hugeTimes_doNotOverflow(String exp, String iat) {
    Duration life =
        new Lifetimes(Caches.settings()).of(active("\"exp\":" + exp + ",\"iat\":" + iat));
    assertEquals(exp.startsWith("-") ? -1 : 1, life.isNegative() ? -1 : 1);
  }

  @ParameterizedTest
  @DisplayName("Settings 4.3: a time to live that is not below the life of tokens is told once")
  @CsvSource({"29, true", "30, true", "31, false"})
  void tokensThatLiveNoLonger_areTold(long life, boolean isTold) {
    try (RecordedLog log = RecordedLog.of("dev.portcullis.introspection")) {
      Lifetimes lifetimes = new Lifetimes(Caches.settings());
      String members = "\"iat\":1800000000,\"exp\":" + (1_800_000_000L + life);
      lifetimes.of(active(members));
      lifetimes.of(active(members));
      assertEquals(isTold ? 1 : 0, log.lines(Level.WARNING).size());
    }
  }
}
