/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditSink;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.oauth.AccessToken;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuditSettingsTest {

  @Test
  void nothingSet_hasDefaults() throws Exception {
    assertEquals(
        new AuditSettings(
            true,
            List.of(new DeclaredSink.Log("oauth.audit")),
            AuditFormat.JSON,
            10_000,
            AuditSettings.OnFailure.CONTINUE,
            false,
            AuditSettings.TokenReference.HASH,
            List.of()),
        Settings.of().read());
  }

  @Test
  void everythingSet_isRead() throws Exception {
    AuditSettings settings =
        Settings.of(
                "audit.requests", "off",
                "audit.sinks", "File, LOG",
                "audit.file", "/var/log/audit.json",
                "audit.logger-name", "shop.audit",
                "audit.format", "key-value",
                "audit.queue-size", "1000000",
                "audit.on-failure", "reject",
                "audit.include-query", "true",
                "audit.token-reference", "none",
                "audit.attributes", "username, acr")
            .read();

    assertEquals(
        new AuditSettings(
            false,
            List.of(
                new DeclaredSink.File(Path.of("/var/log/audit.json")),
                new DeclaredSink.Log("shop.audit")),
            AuditFormat.KEY_VALUE,
            1_000_000,
            AuditSettings.OnFailure.REJECT,
            true,
            AuditSettings.TokenReference.NONE,
            List.of("username", "acr")),
        settings);
  }

  static Stream<Arguments> mistakes() {
    String nested = AuditSettingsTest.class.getName() + "$";
    return Stream.of(
        mistake("audit.file: is required when audit.sinks names file.", "audit.sinks", "file"),
        mistake(
            "audit.file: is not a valid path.", "audit.sinks", "file", "audit.file", "a\u0000b"),
        mistake(
            "audit.sinks: none cannot be combined with other sinks.", "audit.sinks", "none, log"),
        mistake("audit.sinks: jdbc is not available in this version.", "audit.sinks", "jdbc"),
        mistake(
            "audit.sinks: 'flie' is none of log, file, none, and audit.flie.class is not set.",
            "audit.sinks",
            "flie"),
        mistake(
            "audit.sinks: class 'com.example.Missing' was not found.",
            "audit.sinks",
            "com.example.Missing"),
        mistake(
            "audit.siem.class: class 'com.example.Missing' was not found.",
            "audit.sinks",
            "siem",
            "audit.siem.class",
            "com.example.Missing"),
        mistake(
            "audit.siem.class: 'java.lang.String' does not implement"
                + " dev.portcullis.api.AuditSink.",
            "audit.sinks",
            "siem",
            "audit.siem.class",
            "java.lang.String"),
        mistake(
            "audit.siem.class: '"
                + nested
                + "NoConstructor' must have a public constructor without parameters.",
            "audit.sinks",
            "siem",
            "audit.siem.class",
            nested + "NoConstructor"),
        mistake(
            "audit.siem.class: '" + nested + "Hidden' must be public and not abstract.",
            "audit.sinks",
            "siem",
            "audit.siem.class",
            nested + "Hidden"),
        mistake(
            "audit.siem.class: 'dev.portcullis.api.AuditSink' must be public and not abstract.",
            "audit.sinks",
            "siem",
            "audit.siem.class",
            "dev.portcullis.api.AuditSink"),
        mistake("audit.queue-size: must be between 1 and 1000000.", "audit.queue-size", "0"),
        mistake("audit.queue-size: must be between 1 and 1000000.", "audit.queue-size", "1000001"),
        mistake("audit.format: must be one of: json, key-value, pipe, cef.", "audit.format", "xml"),
        mistake(
            "audit.on-failure: must be one of: continue, reject.", "audit.on-failure", "ignore"),
        mistake(
            "audit.token-reference: must be one of: hash, none.",
            "audit.token-reference",
            "plain"));
  }

  private static Arguments mistake(String problem, String... pairs) {
    return Arguments.of(problem, Settings.of(pairs));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_isReportedByKey(String problem, Settings settings) {
    InvalidConfigurationException e =
        assertThrows(InvalidConfigurationException.class, settings::read);

    assertEquals(List.of(problem), e.problems());
  }

  @ParameterizedTest
  @CsvSource({"1", "1000000"})
  void queueSizeAtBound_isAccepted(int size) throws Exception {
    assertEquals(size, Settings.of("audit.queue-size", Integer.toString(size)).read().queueSize());
  }

  @Test
  void settingOfSinkThatIsNotListed_isUnknown() {
    Settings settings = Settings.of("audit.siem.url", "https://siem.example.com");

    InvalidConfigurationException e =
        assertThrows(InvalidConfigurationException.class, settings::read);

    assertTrue(e.problems().get(0).startsWith("Unknown setting 'audit.siem.url'."));
  }

  @ParameterizedTest
  @CsvSource({
    "audit.file, audit.json, audit.file: has no effect unless audit.sinks names file.",
    "audit.logger-name, x, audit.logger-name: has no effect unless audit.sinks names log.",
    "audit.on-failure, reject, audit.on-failure: has no effect when audit.sinks is none."
  })
  void settingWithoutEffect_isWarnedOf(String key, String value, String warning) throws Exception {
    ConfigReader reader = Settings.of("audit.sinks", "none", key, value).reader();

    AuditSettings.read(reader);

    reader.finish();
    assertEquals(List.of(warning), reader.warnings());
  }

  @Test
  @DisplayName("LOG-02: a truncated digest stands for the token")
  void trackingId_isBeginningOfDigest() throws Exception {
    AccessToken token = AccessToken.parse("2YotnFZFEjr1zCsicMWpAA").orElseThrow();

    assertEquals(
        "atid:" + token.digest().base64Url().substring(0, 16),
        Settings.of().read().trackingId(token.digest()));
    assertEquals(
        "", Settings.of("audit.token-reference", "none").read().trackingId(token.digest()));
  }

  @Test
  @DisplayName("LOG-02: settings of a custom sink may be secrets and are not printed")
  void customSink_doesNotPrintItsSettings() throws Exception {
    AuditSettings settings =
        Settings.of(
                "audit.sinks", "siem",
                "audit.siem.class", Usable.class.getName(),
                "audit.siem.password", "hunter2")
            .read();

    assertFalse(settings.toString().contains("hunter2"));
    assertTrue(settings.toString().contains("Custom[siem, " + Usable.class.getName() + "]"));
  }

  /** A sink that can be made. */
  public static final class Usable implements AuditSink {
    @Override
    public void write(AuditEvent event) {}
  }

  /** A sink that cannot be made: it wants something. */
  public static final class NoConstructor implements AuditSink {

    /** Wants something. */
    public NoConstructor(String something) {}

    @Override
    public void write(AuditEvent event) {}
  }

  /** A sink that cannot be made: nobody sees it. */
  static final class Hidden implements AuditSink {
    @Override
    public void write(AuditEvent event) {}
  }
}
