/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertiesFile;
import dev.portcullis.config.PropertySource;
import dev.portcullis.config.Setting;
import dev.portcullis.manual.Page;
import dev.portcullis.testing.RecordingSink;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingReplayStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings page lists what the code reads: every key, with its type, default and range. */
class SettingsPageTest {

  private static final Map<String, String> LEAST =
      Map.of(
          "as.targets",
          "as.example.com:443",
          "as.introspection-endpoint",
          "/introspect",
          "client.id",
          "c",
          "client.secret",
          "s");

  /** Rules, sinks, groups and key pairs have names, which the page writes as {@code <name>}. */
  private static final Map<String, String> NAMED =
      Map.of(
          "rule.name.paths",
          "/*",
          "audit.sinks",
          "log, name",
          "audit.name.class",
          RecordingSink.class.getName(),
          "trust.name.use-java-trust-store",
          "true",
          "key-pair.name.file",
          TestingCertificates.shared().keyStore(TestingCertificates.Server.GOOD).toString(),
          "key-pair.name.password",
          TestingCertificates.PASSWORD,
          "dpop.replay-store",
          TestingReplayStore.class.getName());

  private static final Set<String> WITH_RANGE =
      Set.of("integer", "octets", "seconds", "milliseconds", "enum", "boolean");

  private final Map<String, List<String>> rows =
      Page.of("settings.md").rows("Key").stream()
          .collect(toMap(SettingsPageTest::key, row -> row, (a, b) -> a, TreeMap::new));

  static List<Page> pages() {
    return Page.all();
  }

  @Test
  void everySetting_isOnThePage_andNoOther() throws Exception {
    assertEquals(read().keySet(), rows.keySet());
  }

  @Test
  void everyKey_isListedOnce() {
    assertEquals(rows.size(), Page.of("settings.md").rows("Key").size());
  }

  @Test
  void defaults_areThoseOfTheCode() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    read().forEach((key, setting) -> expected.put(key, setting.fallback()));

    Map<String, String> stated = new TreeMap<>();
    rows.forEach((key, row) -> stated.put(key, fallback(row.get(2))));

    assertEquals(expected, stated);
  }

  @Test
  void typesAndRanges_areThoseOfTheCode() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> stated = new TreeMap<>();
    Map<String, Setting> settings = read();
    settings.keySet().retainAll(rows.keySet());
    settings.forEach(
        (key, setting) -> {
          boolean hasRange = WITH_RANGE.contains(setting.type());
          List<String> row = rows.get(key);
          expected.put(key, setting.type() + (hasRange ? " " + setting.allowed() : ""));
          stated.put(key, row.get(1) + (hasRange ? " " + row.get(3).replace("`", "") : ""));
        });

    assertEquals(expected, stated);
  }

  /** Such a filter starts: no key is unknown, no value is wrong. */
  @ParameterizedTest
  @MethodSource("pages")
  void examples_areAccepted(Page page) throws Exception {
    for (String example : page.blocks("properties")) {
      Map<String, String> settings = new LinkedHashMap<>(LEAST);
      settings.putAll(settingsIn(example));
      settings.replaceAll((key, value) -> isClass(key) ? RecordingSink.class.getName() : value);
      settings.computeIfPresent(
          "dpop.replay-store", (key, name) -> TestingReplayStore.class.getName());

      read(settings);
    }
  }

  @Test
  void startOfAnApplicationAsInTheReadme_isAccepted() throws Exception {
    List<String> examples = Page.readme().blocks("properties");
    assertFalse(examples.isEmpty());

    read(settingsIn(examples.get(0)));
  }

  private static Map<String, Setting> read() throws InvalidConfigurationException {
    Map<String, String> settings = new LinkedHashMap<>(LEAST);
    settings.putAll(NAMED);
    return read(settings).stream()
        .collect(
            toMap(
                setting -> setting.key().replace(".name.", ".<name>."),
                setting -> setting,
                (a, b) -> a,
                TreeMap::new));
  }

  private static List<Setting> read(Map<String, String> settings)
      throws InvalidConfigurationException {
    ConfigReader reader = new ConfigReader(List.of(PropertySource.of(settings)));
    FilterSettings.read(reader);
    return reader.settings();
  }

  /** What a placeholder stands for is of no interest here. */
  private static Map<String, String> settingsIn(String example) {
    byte[] text =
        example.replaceAll("\\$\\{[^}]*}", "something".repeat(8)).getBytes(StandardCharsets.UTF_8);
    PropertiesFile file = PropertiesFile.read("example", new ByteArrayInputStream(text));
    assertEquals(List.of(), file.problems());
    return file.keys().stream().collect(toMap(key -> key, key -> file.get(key).orElse("")));
  }

  private static boolean isClass(String key) {
    return key.startsWith("audit.") && key.endsWith(".class");
  }

  private static String key(List<String> row) {
    return Page.codeIn(row.get(0)).get(0);
  }

  /** A value, nothing, or that of another key: {@code as `other.key`}. */
  private String fallback(String cell) {
    if (cell.startsWith("as ")) {
      return fallback(rows.get(Page.codeIn(cell).get(0)).get(2));
    }
    return cell.equals("not set") ? "" : Page.codeIn(cell).get(0);
  }
}
