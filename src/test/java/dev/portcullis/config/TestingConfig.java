/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Readers of settings written down in a test. */
final class TestingConfig {

  private TestingConfig() {}

  /** A reader of keys and values in turn, in a world where placeholders stand for nothing. */
  static ConfigReader reader(String... keysAndValues) {
    return new ConfigReader(List.of(source(keysAndValues)), placeholders(Map.of()));
  }

  /** A reader of keys and values in turn, in a world with those, such as {@code env:NAME}. */
  static ConfigReader reader(Map<String, String> world, String... keysAndValues) {
    return new ConfigReader(List.of(source(keysAndValues)), placeholders(world));
  }

  static PropertySource source(String... keysAndValues) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return PropertySource.of(settings);
  }

  static Placeholders placeholders(Map<String, String> world) {
    return new Placeholders(
        Map.of(
            "env", name -> Optional.ofNullable(world.get("env:" + name)),
            "sys", name -> Optional.ofNullable(world.get("sys:" + name)),
            "file", name -> Optional.ofNullable(world.get("file:" + name))));
  }

  /** What {@link ConfigReader#finish()} complains of. */
  static List<String> problems(ConfigReader reader) {
    return assertThrows(InvalidConfigurationException.class, reader::finish).problems();
  }
}
