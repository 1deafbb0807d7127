/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/** A place in a text, and steps from there. For one thread. */
final class Cursor {

  /** What {@link #peek()} gives at the end of the text. */
  static final int END = -1;

  private final String text;
  private int offset;

  Cursor(String text) {
    this.text = text;
  }

  int offset() {
    return offset;
  }

  /** The character here, which stays the next one, or {@link #END}. */
  int peek() {
    return offset < text.length() ? text.charAt(offset) : END;
  }

  /** The character here; the cursor steps over it. */
  char next() throws MalformedJsonException {
    if (offset == text.length()) {
      throw malformed("unexpected end");
    }
    return text.charAt(offset++);
  }

  /** Steps over that character if it is here. */
  boolean skip(char expected) {
    boolean found = peek() == expected;
    if (found) {
      offset++;
    }
    return found;
  }

  /** Steps over that word if it is here. */
  boolean skip(String expected) {
    boolean found = text.startsWith(expected, offset);
    if (found) {
      offset += expected.length();
    }
    return found;
  }

  /** Steps over white space (RFC 8259 section 2). */
  void skipWhiteSpace() {
    while (offset < text.length() && isWhiteSpace(text.charAt(offset))) {
      offset++;
    }
  }

  private static boolean isWhiteSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** Steps to what is no plain character of a string; says whether that is its end. */
  boolean skipPlain() {
    while (offset < text.length()) {
      char c = text.charAt(offset);
      if (c == '"' || c == '\\' || c < ' ') {
        return c == '"';
      }
      offset++;
    }
    return false;
  }

  /** The text from there to here. */
  String since(int start) {
    return text.substring(start, offset);
  }

  /** The refusal of what stands here. */
  MalformedJsonException malformed(String problem) {
    return new MalformedJsonException(problem, offset);
  }
}
