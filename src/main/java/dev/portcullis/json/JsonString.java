/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/** A JSON string, its escapes resolved. */
public record JsonString(String value) implements JsonValue {

  @Override
  public String toString() {
    return JsonWriter.quote(value);
  }
}
