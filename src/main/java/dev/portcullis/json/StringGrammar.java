/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/** The grammar of strings, RFC 8259 section 7, without lone surrogates (RFC 7493 section 2.1). */
final class StringGrammar {

  private StringGrammar() {}

  /** Reads the string that begins at the cursor, and resolves its escapes. */
  static String read(Cursor cursor) throws MalformedJsonException {
    cursor.next();
    int start = cursor.offset();
    boolean ends = cursor.skipPlain();
    String plain = cursor.since(start);
    if (ends) {
      cursor.next();
      return plain;
    }
    StringBuilder value = new StringBuilder(plain);
    while (!cursor.skip('"')) {
      escape(cursor, value);
      int next = cursor.offset();
      cursor.skipPlain();
      value.append(cursor.since(next));
    }
    return value.toString();
  }

  /** Reads what is no plain character. */
  private static void escape(Cursor cursor, StringBuilder value) throws MalformedJsonException {
    if (!cursor.skip('\\')) {
      throw cursor.malformed(
          cursor.peek() == Cursor.END ? "unexpected end" : "control character in a string");
    }
    int escaped = cursor.next();
    switch (escaped) {
      case '"', '\\', '/' -> value.append((char) escaped);
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'u' -> unicode(cursor, value);
      default -> throw cursor.malformed("unknown escape");
    }
  }

  private static void unicode(Cursor cursor, StringBuilder value) throws MalformedJsonException {
    char unit = hex(cursor);
    value.append(unit);
    if (Character.isHighSurrogate(unit) && cursor.skip("\\u")) {
      char low = hex(cursor);
      if (Character.isLowSurrogate(low)) {
        value.append(low);
        return;
      }
    }
    if (Character.isSurrogate(unit)) {
      throw cursor.malformed("lone surrogate");
    }
  }

  private static char hex(Cursor cursor) throws MalformedJsonException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = cursor.next();
      // Character.digit alone would take the digits of other scripts too
      int bits = digit < 128 ? Character.digit(digit, 16) : -1;
      if (bits < 0) {
        throw cursor.malformed("expected four hexadecimal digits");
      }
      unit = unit << 4 | bits;
    }
    return (char) unit;
  }
}
