/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A place in a text in UTF-8, and steps from there. For one thread. */
final class Cursor {

  /** What {@link #peek()} gives at the end of the text. */
  static final int END = -1;

  /** What Java puts where it cannot read; a text may have it by itself. */
  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] text;
  private int offset;

  Cursor(byte[] utf8) {
    this.text = utf8;
  }

  int offset() {
    return offset;
  }

  /** The octet here, which stays the next one, or {@link #END}. */
  int peek() {
    return offset < text.length ? text[offset] & 0xff : END;
  }

  /** The octet here; the cursor steps over it. */
  int next() throws MalformedJsonException {
    if (offset == text.length) {
      throw malformed("unexpected end");
    }
    return text[offset++] & 0xff;
  }

  /** Steps over that character if it is here. */
  boolean skip(char ascii) {
    boolean found = peek() == ascii;
    if (found) {
      offset++;
    }
    return found;
  }

  /** Steps over that word if it is here. */
  boolean skip(String ascii) {
    byte[] expected = ascii.getBytes(StandardCharsets.US_ASCII);
    int end = Math.min(offset + expected.length, text.length);
    boolean found = Arrays.equals(text, offset, end, expected, 0, expected.length);
    if (found) {
      offset = end;
    }
    return found;
  }

  /** Steps over the mark of UTF-8 if it is here. */
  void skipByteOrderMark() {
    if (text.length >= 3
        && text[0] == (byte) 0xEF
        && text[1] == (byte) 0xBB
        && text[2] == (byte) 0xBF) {
      offset = 3;
    }
  }

  /** Steps over white space (RFC 8259 section 2). */
  void skipWhiteSpace() {
    while (offset < text.length && isWhiteSpace(text[offset])) {
      offset++;
    }
  }

  private static boolean isWhiteSpace(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\n' || octet == '\r';
  }

  /** Steps to what is no plain character of a string; says whether that is its end. */
  boolean skipPlain() {
    while (offset < text.length) {
      byte octet = text[offset];
      if (octet == '"' || octet == '\\' || (octet >= 0 && octet < ' ')) {
        return octet == '"';
      }
      offset++;
    }
    return false;
  }

  /**
   * The text from there to here.
   *
   * @throws MalformedJsonException if it is not UTF-8: overlong forms, surrogates and everything
   *     else that RFC 3629 forbids
   */
  String since(int start) throws MalformedJsonException {
    String read = new String(text, start, offset - start, StandardCharsets.UTF_8);
    return read.indexOf(REPLACEMENT) < 0 ? read : decode(start);
  }

  private String decode(int start) throws MalformedJsonException {
    ByteBuffer octets = ByteBuffer.wrap(text, start, offset - start);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedJsonException("not UTF-8", octets.position());
    }
  }

  /** The refusal of what stands here. */
  MalformedJsonException malformed(String problem) {
    return new MalformedJsonException(problem, offset);
  }
}
