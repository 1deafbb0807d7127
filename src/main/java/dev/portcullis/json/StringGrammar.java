/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/** The grammar of strings, RFC 8259 section 7, without lone surrogates (RFC 7493 section 2.1). */
final class StringGrammar {

  private StringGrammar() {}

  /** What a lone surrogate becomes. */
  private static final char REPLACEMENT = '\uFFFD';

  /** Reads the string that begins at the cursor, and resolves its escapes. */
  static JsonString read(Cursor cursor, Sender sender) throws MalformedJsonException {
    cursor.next();
    int start = cursor.offset();
    boolean ends = cursor.skipPlain();
    String plain = cursor.since(start);
    if (ends) {
      cursor.next();
      return new JsonString(plain);
    }
    StringBuilder value = new StringBuilder(plain);
    boolean isExact = true;
    while (!cursor.skip('"')) {
      isExact &= escape(cursor, value, sender);
      int next = cursor.offset();
      cursor.skipPlain();
      value.append(cursor.since(next));
    }
    return new JsonString(value.toString(), isExact);
  }

  /** Reads what is no plain character; says whether it could be read as it is. */
  private static boolean escape(Cursor cursor, StringBuilder value, Sender sender)
      throws MalformedJsonException {
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
      case 'u' -> {
        return unicode(cursor, value, sender);
      }
      default -> throw cursor.malformed("unknown escape");
    }
    return true;
  }

  private static boolean unicode(Cursor cursor, StringBuilder value, Sender sender)
      throws MalformedJsonException {
    char unit = hex(cursor);
    boolean isExact = true;
    while (Character.isHighSurrogate(unit) && cursor.skip("\\u")) {
      char low = hex(cursor);
      if (Character.isLowSurrogate(low)) {
        value.append(unit).append(low);
        return isExact;
      }
      replace(cursor, value, sender);
      isExact = false;
      unit = low;
    }
    if (Character.isSurrogate(unit)) {
      replace(cursor, value, sender);
      return false;
    }
    value.append(unit);
    return isExact;
  }

  private static void replace(Cursor cursor, StringBuilder value, Sender sender)
      throws MalformedJsonException {
    if (!sender.isTrusted()) {
      throw cursor.malformed("lone surrogate");
    }
    value.append(REPLACEMENT);
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
