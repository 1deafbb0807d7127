/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings of the cache mean. */
class CacheSettingsTest {

  @Test
  @DisplayName("Settings 3.6: off unless switched on, inactive answers with it")
  void defaults_rememberNothing() {
    CacheSettings off =
        Caches.settings(
            "cache.tokens", "", "cache.token-time-to-live", "", "cache.inactive-time-to-live", "");
    assertFalse(off.remembersActive());
    assertFalse(off.remembersInactive());
    assertEquals(Optional.empty(), off.timeToLive());
    assertEquals(Duration.ofSeconds(60), off.defaultTimeToLive());
    assertEquals(10_000, off.maxEntries());
    assertEquals(64 << 20, off.maxSize());
    assertEquals(10, off.renewAhead());
  }

  @Test
  void on_remembersInactiveForFiveSeconds() {
    CacheSettings on = Caches.settings("cache.inactive-time-to-live", "");
    assertTrue(on.remembersActive());
    assertEquals(Duration.ofSeconds(5), on.inactiveTimeToLive());
    assertFalse(Caches.settings("cache.inactive-time-to-live", "0").remembersInactive());
  }

  @ParameterizedTest
  @DisplayName("FLD-31: bytes may be counted in k, m and g")
  @CsvSource({"1048576, 1048576", "1024k, 1048576", "2M, 2097152", "16g, 17179869184"})
  void maxSize_hasUnits(String text, long octets) {
    assertEquals(octets, Caches.settings("cache.max-size", text).maxSize());
  }

  @Test
  @DisplayName("FLD-29: where no answer is remembered none is renewed, and that is said")
  void renewAhead_withoutCache_isWarnedOf() {
    ConfigReader reader =
        new ConfigReader(
            List.of(PropertySource.of(Map.of("cache.tokens", "false", "cache.renew-ahead", "20"))));
    CacheSettings.read(reader);
    assertEquals(
        List.of("cache.renew-ahead: has no effect unless cache.tokens is true."),
        reader.warnings());
  }
}
