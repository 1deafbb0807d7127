/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
  }

  @Test
  void on_remembersInactiveForFiveSeconds() {
    CacheSettings on = Caches.settings("cache.inactive-time-to-live", "");
    assertTrue(on.remembersActive());
    assertEquals(Duration.ofSeconds(5), on.inactiveTimeToLive());
    assertFalse(Caches.settings("cache.inactive-time-to-live", "0").remembersInactive());
  }
}
