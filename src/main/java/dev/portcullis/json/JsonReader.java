/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/**
 * Reads JSON strictly (RFC 8259) and to 16 levels of nesting, in time that grows with the text no
 * faster than sorting. A text that breaks a rule is refused; a name that is there twice is refused
 * too, as readers differ in which of the two they believe (RFC 8259 section 4).
 */
public final class JsonReader {

  private JsonReader() {}

  /**
   * Reads a text of a client that is one object and nothing else, and has at most 2000 members and
   * elements in all and 32 characters to a number.
   *
   * @param utf8 the text, in UTF-8 without a byte order mark; its length is for the caller to bound
   * @throws MalformedJsonException if it is anything else; nothing else is ever thrown
   */
  public static JsonObject readObject(byte[] utf8) throws MalformedJsonException {
    return new JsonParser(new Cursor(utf8), Sender.CLIENT).document();
  }

  /**
   * Reads a text of the authorization server that is one object and nothing else. A byte order mark
   * before it is skipped (RFC 8259 section 8.1). Members that are {@code null} are left out, and
   * objects that hold nothing else. A lone surrogate is replaced by U+FFFD, and its string is not
   * {@linkplain JsonValue#isExact() exact}.
   *
   * @param utf8 the text, in UTF-8; its length is for the caller to bound
   * @throws MalformedJsonException if it is anything else; nothing else is ever thrown
   */
  public static JsonObject readAnswer(byte[] utf8) throws MalformedJsonException {
    Cursor cursor = new Cursor(utf8);
    cursor.skipByteOrderMark();
    return new JsonParser(cursor, Sender.AUTHORIZATION_SERVER).document();
  }
}
