/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertySource;
import dev.portcullis.config.Setting;
import dev.portcullis.testing.Golden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins every key, its type, its default and what it accepts ({@code settings.golden}), and what is
 * said of each wrong value ({@code settings-errors.golden}).
 */
class SettingsGoldenTest {

  private static final Pattern REPEATED = Pattern.compile("\\{([0-9]+) times (.)}");

  private static final Map<String, String> RIGHT =
      Map.of(
          "as.targets", "as.example.com:9031",
          "as.introspection-endpoint", "/as/introspect.oauth2",
          "client.id", "rs-1",
          "client.secret", "rs-secret");

  private static final Map<String, String> NAMES =
      Map.of(
          "audit.sinks", "journal",
          "audit.journal.class", "dev.portcullis.testing.RecordingSink",
          "dpop.replay-store", "dev.portcullis.testing.TestingReplayStore",
          "rule.orders.paths", "/orders/*",
          "trust.corp.use-java-trust-store", "true",
          "key-pair.rs.alias", "rs");

  /**
   * Settings and what is said of them.
   *
   * @param settings what is set differently from what is right, or with an empty value not at all
   * @param problems the lines of the exception
   */
  record Mistake(Map<String, String> settings, List<String> problems) {

    static Mistake parse(List<String> lines) {
      Map<String, String> settings = new LinkedHashMap<>();
      List<String> problems = new ArrayList<>();
      for (String line : lines) {
        if (line.startsWith("  ")) {
          problems.add(line.strip());
        } else {
          int equals = line.indexOf('=');
          settings.put(
              line.substring(0, equals).strip(), value(line.substring(equals + 1).strip()));
        }
      }
      return new Mistake(settings, problems);
    }

    /** A value too long to be written out is given as <code>{1001 times x}</code>. */
    private static String value(String text) {
      Matcher repeated = REPEATED.matcher(text);
      return repeated.matches()
          ? repeated.group(2).repeat(Integer.parseInt(repeated.group(1)))
          : text;
    }

    /** The keys that the problems are about. */
    List<String> keys() {
      return problems.stream().map(line -> line.replaceFirst(":.*", "")).toList();
    }

    @Override
    public String toString() {
      return String.join(", ", settings.keySet());
    }
  }

  static List<Mistake> mistakes() {
    return Golden.paragraphs("settings-errors.golden").stream().map(Mistake::parse).toList();
  }

  @Test
  void settings_areThoseOfTheList() {
    Golden.of("settings.golden")
        .assertSame(readAll(NAMES).settings().stream().map(SettingsGoldenTest::line).toList());
  }

  @Test
  void settings_withoutNames_areTheSameLessTheNamed() {
    Set<String> withNames = keys(NAMES);
    Set<String> withoutNames = keys(Map.of());

    withNames.removeIf(
        key ->
            key.matches(
                "(audit.journal|dpop.replay-store|rule.orders|trust.corp|key-pair.rs)\\..*"));
    assertEquals(withNames, withoutNames);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  @DisplayName("CFG-01, CFG-04, CFG-09: a wrong value stops the start and is named")
  void wrongValue_isNamedByTheLineOfTheList(Mistake mistake) {
    Map<String, String> settings = new LinkedHashMap<>(RIGHT);
    settings.putAll(mistake.settings());
    ConfigReader reader = reader(settings);

    InvalidConfigurationException e =
        assertThrows(InvalidConfigurationException.class, () -> FilterSettings.read(reader));

    assertEquals(
        String.join("\n", mistake.problems()), String.join("\n", e.problems()), e.getMessage());
  }

  @Test
  void everySettingThatDoesNotTakeAnyText_hasItsMistakeInTheList() {
    Set<String> shown =
        mistakes().stream()
            .flatMap(mistake -> mistake.keys().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> missing =
        readAll(NAMES).settings().stream()
            .filter(setting -> !ANY_TEXT.contains(setting.key()))
            .map(Setting::key)
            .filter(key -> !shown.contains(key))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of(), missing);
  }

  @Test
  void inactiveAnswers_areKeptFiveSecondsWhereTokensAreCached() {
    Map<String, String> settings = Map.of("cache.tokens", "true");

    assertTrue(
        readAll(settings).settings().stream()
            .map(SettingsGoldenTest::line)
            .anyMatch("cache.inactive-time-to-live: seconds (0 to 300) = 5"::equals));
  }

  @Test
  void nothingWrong_isNoMistake() throws InvalidConfigurationException {
    ConfigReader reader = reader(RIGHT);

    FilterSettings settings = FilterSettings.read(reader);

    assertEquals("rs-1", settings.server().client().id());
    assertEquals(List.of(), reader.warnings());
  }

  /** Settings of which no text is wrong by itself. */
  private static final Set<String> ANY_TEXT =
      Set.of(
          "as.audience-value",
          "audit.attributes",
          "audit.journal.*",
          "audit.logger-name",
          "client.signing-key-id",
          "client.signing-keys-file",
          "config-file",
          "metadata.name",
          "dpop.replay-store.*",
          "require.audience",
          "require.client-ids",
          "require.issuer",
          "token.types",
          "rule.orders.audience",
          "rule.orders.client-ids",
          "key-pair.rs.alias",
          "key-pair.rs.password",
          "trust.corp.store-password");

  private static Set<String> keys(Map<String, String> settings) {
    return readAll(settings).settings().stream()
        .map(Setting::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A reader that has read all settings, the required ones in vain. */
  private static ConfigReader readAll(Map<String, String> settings) {
    ConfigReader reader = reader(settings);
    assertThrows(InvalidConfigurationException.class, () -> FilterSettings.read(reader));
    return reader;
  }

  private static ConfigReader reader(Map<String, String> settings) {
    return new ConfigReader(List.of(PropertySource.of(settings)));
  }

  private static String line(Setting setting) {
    String allowed = setting.allowed().isEmpty() ? "" : " (" + setting.allowed() + ")";
    String fallback = setting.fallback().isEmpty() ? "" : " = " + setting.fallback();
    return setting.key() + ": " + setting.type() + allowed + fallback;
  }
}
