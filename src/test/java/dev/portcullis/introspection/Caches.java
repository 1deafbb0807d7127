/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertySource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of the tests here. */
final class Caches {

  private Caches() {}

  /** The cache switched on, 30 s for active and 5 s for inactive tokens, and what is said here. */
  static CacheSettings settings(String... keysAndValues) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cache.tokens", "true");
    settings.put("cache.token-time-to-live", "30");
    settings.put("cache.inactive-time-to-live", "5");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    ConfigReader reader = new ConfigReader(List.of(PropertySource.of(settings)));
    CacheSettings read = CacheSettings.read(reader);
    try {
      reader.finish();
    } catch (InvalidConfigurationException e) {
      throw new AssertionError(e);
    }
    return read;
  }
}
