/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A place settings come from: init-params, a properties file, a map in a test. */
public interface PropertySource {

  /** The text of a key as it stands there, placeholders unresolved. */
  Optional<String> get(String key);

  /** All keys that stand there, in the order of the source if it has one. */
  Set<String> keys();

  /**
   * Mistakes of the source itself, one line each; {@link ConfigReader} reports them with its own.
   */
  default List<String> problems() {
    return List.of();
  }

  /** Whether all that stands there could be read. */
  default boolean isWhole() {
    return true;
  }

  /** The source that has those settings, such as the init-params of a filter. */
  static PropertySource of(Map<String, String> settings) {
    return new MapSource(settings);
  }
}
