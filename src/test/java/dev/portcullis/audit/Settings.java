/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Settings given as pairs of key and value. */
final class Settings {

  private final Map<String, String> values = new TreeMap<>();

  private Settings() {}

  static Settings of(String... pairs) {
    Settings settings = new Settings();
    for (int i = 0; i < pairs.length; i += 2) {
      settings.values.put(pairs[i], pairs[i + 1]);
    }
    return settings;
  }

  ConfigReader reader() {
    return new ConfigReader(
        List.of(
            new PropertySource() {
              @Override
              public Optional<String> get(String key) {
                return Optional.ofNullable(values.get(key));
              }

              @Override
              public Set<String> keys() {
                return values.keySet();
              }
            }));
  }

  /** The settings, which must be without mistakes. */
  AuditSettings read() throws Exception {
    ConfigReader reader = reader();
    AuditSettings settings = AuditSettings.read(reader);
    reader.finish();
    return settings;
  }
}
