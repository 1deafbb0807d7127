/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import org.jspecify.annotations.Nullable;

/**
 * A JSON string, its escapes resolved.
 *
 * @param isExact whether it reads as it was written: nothing in it had to be replaced
 */
public record JsonString(String value, boolean isExact) implements JsonValue {

  /**
   * By itself: Java would keep the last record class that it compared, and with it the class loader
   * of an application that is gone.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonString string
        && value.equals(string.value)
        && isExact == string.isExact;
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** A string that reads as it was written. */
  public JsonString(String value) {
    this(value, true);
  }

  @Override
  public String toString() {
    return JsonWriter.quote(value);
  }
}
