/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

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
    return new JsonParser(new Cursor(decode(utf8))).document();
  }

  /** Refuses overlong forms, surrogates and everything else that RFC 3629 forbids. */
  private static String decode(byte[] utf8) throws MalformedJsonException {
    if (isAscii(utf8)) {
      return new String(utf8, StandardCharsets.US_ASCII);
    }
    ByteBuffer bytes = ByteBuffer.wrap(utf8);
    CharBuffer chars = CharBuffer.allocate(utf8.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(bytes, chars, true);
    if (result.isError()) {
      throw new MalformedJsonException("not UTF-8", bytes.position());
    }
    return chars.flip().toString();
  }

  /** Almost all texts are. */
  private static boolean isAscii(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }
}
