/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import static dev.portcullis.config.TestingConfig.reader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsListTest {

  private enum Level {
    FIRST_AVAILABLE,
    ROUND_ROBIN
  }

  private static void readAll(ConfigReader reader) {
    reader.string("a.text", "x");
    reader.string("a.optional-text");
    reader.secret("a.secret");
    reader.flag("a.flag", true);
    reader.integer("a.number", 5, 1, 9);
    reader.integer("a.optional-number", 1, 9);
    reader.seconds("a.seconds", 120, 1, 3600);
    reader.seconds("a.optional-seconds", 0, Long.MAX_VALUE);
    reader.millis("a.millis", 250, 0, 10000);
    reader.hours("a.hours", 24, 1, 8760);
    reader.secondsOrUnlimited("a.time-to-live", Optional.empty());
    reader.list("a.list", List.of("p", "q"));
    reader.list("a.empty-list");
    reader.choice("a.choice", Level.ROUND_ROBIN, Map.of("rr", Level.ROUND_ROBIN));
    reader.url("a.url", Set.of("https", "http"), "no");
    reader.below("a.plug-in");
    reader.string("a.text", "another default");
  }

  @Test
  void everySettingAskedFor_isListedOnceInOrder() throws InvalidConfigurationException {
    ConfigReader reader = reader();
    readAll(reader);
    reader.finish();

    assertEquals(
        List.of(
            new Setting("a.text", "string", "x", ""),
            new Setting("a.optional-text", "string", "", ""),
            new Setting("a.secret", "secret", "", ""),
            new Setting("a.flag", "boolean", "true", "true, false"),
            new Setting("a.number", "integer", "5", "1 to 9"),
            new Setting("a.optional-number", "integer", "", "1 to 9"),
            new Setting("a.seconds", "seconds", "120", "1 to 3600"),
            new Setting("a.optional-seconds", "seconds", "", "0 or greater"),
            new Setting("a.millis", "milliseconds", "250", "0 to 10000"),
            new Setting("a.hours", "hours", "24", "1 to 8760"),
            new Setting("a.time-to-live", "seconds", "-1", "-1 or greater"),
            new Setting("a.list", "list", "p, q", ""),
            new Setting("a.empty-list", "list", "", ""),
            new Setting("a.choice", "enum", "round-robin", "first-available, round-robin"),
            new Setting("a.url", "url", "", "http, https"),
            new Setting("a.plug-in.*", "string", "", ""),
            new Setting("config.unknown-keys", "enum", "error", "error, warn")),
        reader.settings());
  }

  @Test
  void defaults_areEffectiveWhereNothingIsSet() throws InvalidConfigurationException {
    ConfigReader reader = reader();
    readAll(reader);
    reader.finish();

    assertEquals(
        "[a.text=another default, a.flag=true, a.number=5, a.seconds=120, a.millis=250, a.hours=24,"
            + " a.time-to-live=-1, a.list=p, q, a.choice=round-robin, config.unknown-keys=error]",
        new ArrayList<>(reader.effective().entrySet()).toString());
  }

  @Test
  void values_areEffectiveInTheirCanonicalForm() throws InvalidConfigurationException {
    ConfigReader reader =
        reader(
            "a.text",
            " t ",
            "a.optional-text",
            "o",
            "a.secret",
            "hush",
            "a.flag",
            "OFF",
            "a.number",
            "07",
            "a.optional-number",
            "2",
            "a.seconds",
            "2m",
            "a.optional-seconds",
            "0",
            "a.millis",
            "1s",
            "a.hours",
            "1d",
            "a.time-to-live",
            "60",
            "a.list",
            "z,,y z",
            "a.choice",
            "First-Available",
            "a.url",
            "https://x.example",
            "a.plug-in.k",
            "v");
    readAll(reader);
    reader.finish();

    assertEquals(
        "[a.text=t, a.optional-text=o, a.secret=********, a.flag=false, a.number=7,"
            + " a.optional-number=2, a.seconds=120, a.optional-seconds=0, a.millis=1000,"
            + " a.hours=24, a.time-to-live=60, a.list=z, y, a.choice=first-available,"
            + " a.url=https://x.example, a.plug-in.k=********, config.unknown-keys=error]",
        new ArrayList<>(reader.effective().entrySet()).toString());
  }

  @Test
  void results_areNotChangedFromOutside() {
    ConfigReader reader = reader("p.a", "1");
    reader.string("x", "y");

    assertThrows(UnsupportedOperationException.class, () -> reader.effective().clear());
    assertThrows(UnsupportedOperationException.class, () -> reader.settings().clear());
    assertThrows(UnsupportedOperationException.class, () -> reader.warnings().clear());
    assertThrows(UnsupportedOperationException.class, () -> reader.below("p").clear());
  }
}
