/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/** The grammar of numbers, RFC 8259 section 6. Nothing is converted here. */
final class NumberGrammar {

  private NumberGrammar() {}

  /** Reads the number that begins at the cursor. */
  static JsonNumber read(Cursor cursor, Sender sender) throws MalformedJsonException {
    int start = cursor.offset();
    cursor.skip('-');
    if (!cursor.skip('0')) {
      digits(cursor);
    }
    if (cursor.skip('.')) {
      digits(cursor);
    }
    if (cursor.skip('e') || cursor.skip('E')) {
      sign(cursor);
      digits(cursor);
    }
    if (cursor.offset() - start > sender.longestNumber()) {
      throw cursor.malformed("number too long");
    }
    return new JsonNumber(cursor.since(start));
  }

  private static void sign(Cursor cursor) {
    if (!cursor.skip('+')) {
      cursor.skip('-');
    }
  }

  /** One digit or more. */
  private static void digits(Cursor cursor) throws MalformedJsonException {
    int start = cursor.offset();
    while (cursor.peek() >= '0' && cursor.peek() <= '9') {
      cursor.next();
    }
    if (cursor.offset() == start) {
      throw cursor.malformed("expected a digit");
    }
  }
}
