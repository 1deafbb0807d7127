/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import java.util.Locale;

/** The three literal names of JSON. */
public enum JsonLiteral implements JsonValue {
  /** {@code true}. */
  TRUE,
  /** {@code false}. */
  FALSE,
  /** {@code null}. */
  NULL;

  /** Whether this is {@code true} or {@code false}. */
  public boolean isBoolean() {
    return this != NULL;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
