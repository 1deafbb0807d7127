/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 7515 section 2), in its canonical form only: no other alphabet, no
 * white space, and unused bits of the last character are zero (RFC 4648 section 3.5). So each
 * sequence of octets has one spelling.
 */
final class Base64Url {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final byte[] VALUES = new byte[128];

  static {
    for (int c = 0; c < VALUES.length; c++) {
      VALUES[c] = (byte) ALPHABET.indexOf(c);
    }
  }

  private Base64Url() {}

  /** The octets, or nothing if the text is empty or not canonical. */
  static Optional<byte[]> decode(String text) {
    return isCanonical(text, 0, text.length())
        ? Optional.of(Base64.getUrlDecoder().decode(text))
        : Optional.empty();
  }

  static String encode(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /** Whether a part of a text is canonical and not empty. */
  static boolean isCanonical(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (value(text.charAt(i)) < 0) {
        return false;
      }
    }
    return from < to && hasNoUnusedBits(text, from, to);
  }

  private static boolean hasNoUnusedBits(String text, int from, int to) {
    int last = value(text.charAt(to - 1));
    return switch ((to - from) % 4) {
      case 0 -> true;
      case 2 -> (last & 0x0f) == 0;
      case 3 -> (last & 0x03) == 0;
      default -> false;
    };
  }

  private static int value(char c) {
    return c < VALUES.length ? VALUES[c] : -1;
  }
}
