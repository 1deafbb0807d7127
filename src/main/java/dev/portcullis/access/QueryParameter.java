/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Looks for a parameter in a raw query, decoding names only: asking the container for parameters
 * would read the body.
 */
public final class QueryParameter {

  private QueryParameter() {}

  /**
   * Whether a query has a parameter of that name, however it is spelled.
   *
   * @param name in US-ASCII
   */
  public static boolean isIn(Optional<String> query, String name) {
    if (query.isEmpty()) {
      return false;
    }
    String text = query.get();
    for (int start = 0; start <= text.length(); ) {
      int end = text.indexOf('&', start);
      String parameter = text.substring(start, end < 0 ? text.length() : end);
      if (isCalled(parameter, name)) {
        return true;
      }
      start = end < 0 ? text.length() + 1 : end + 1;
    }
    return false;
  }

  private static boolean isCalled(String parameter, String wanted) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    boolean tooLong = name.length() > 3 * wanted.length();
    return (tooLong || name.indexOf('%') < 0 ? name : decode(name)).equals(wanted);
  }

  private static String decode(String name) {
    byte[] octets = new byte[name.length()];
    int length = 0;
    for (int i = 0; i < name.length(); i++) {
      int octet = name.charAt(i) == '%' ? escaped(name, i + 1) : -1;
      i += octet < 0 ? 0 : 2;
      octets[length++] = (byte) (octet < 0 ? name.charAt(i) : octet);
    }
    return new String(octets, 0, length, StandardCharsets.US_ASCII);
  }

  private static int escaped(String text, int start) {
    if (start + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(start), 16);
    int low = Character.digit(text.charAt(start + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
