/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/** A JSON value (RFC 8259 section 3). {@code toString()} gives JSON text. Immutable. */
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonLiteral {

  /** Whether every string in it is {@linkplain JsonString#isExact() exact}. */
  default boolean isExact() {
    return true;
  }
}
