/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/**
 * Reads JSON strictly (RFC 8259) and within bounds: 16 levels of nesting, 2000 members and elements
 * in all, 32 characters to a number. A text that breaks a rule is refused, never repaired; a name
 * that is there twice is refused too, as readers differ in which of the two they believe (RFC 8259
 * section 4).
 */
public final class JsonReader {

  private JsonReader() {}

  /**
   * Reads a text that is one object and nothing else.
   *
   * @param utf8 the text, in UTF-8 without a byte order mark; its length is for the caller to bound
   * @throws MalformedJsonException if it is anything else; nothing else is ever thrown
   */
  public static JsonObject readObject(byte[] utf8) throws MalformedJsonException {
    return new JsonParser(new Cursor(utf8)).document();
  }
}
