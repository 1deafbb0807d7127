/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/**
 * A JSON string, its escapes resolved.
 *
 * @param isExact whether it reads as it was written: nothing in it had to be replaced
 */
public record JsonString(String value, boolean isExact) implements JsonValue {

  /** A string that reads as it was written. */
  public JsonString(String value) {
    this(value, true);
  }

  @Override
  public String toString() {
    return JsonWriter.quote(value);
  }
}
