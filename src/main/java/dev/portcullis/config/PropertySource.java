/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.util.Optional;
import java.util.Set;

/** A place settings come from: init-params, a properties file, a map in a test. */
public interface PropertySource {

  /** The text of a key as it stands there, placeholders unresolved. */
  Optional<String> get(String key);

  /** All keys that stand there. */
  Set<String> keys();
}
