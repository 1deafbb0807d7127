/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings that are there already. */
record MapSource(Map<String, String> settings) implements PropertySource {

  MapSource {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  @Override
  public Set<String> keys() {
    return settings.keySet();
  }

  /** Only the keys: values may be secrets. */
  @Override
  public String toString() {
    return settings.keySet().toString();
  }
}
