/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.nio.charset.StandardCharsets;
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
  private static final byte[] VALUES = new byte[256];
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  static {
    for (int c = 0; c < VALUES.length; c++) {
      VALUES[c] = (byte) ALPHABET.indexOf(c);
    }
  }

  private Base64Url() {}

  /** The octets, or nothing if the text is empty or not canonical. */
  static Optional<byte[]> decode(String text) {
    byte[] characters = characters(text);
    return isCanonical(characters, 0, characters.length)
        ? Optional.of(Base64.getUrlDecoder().decode(characters))
        : Optional.empty();
  }

  static String encode(byte[] octets) {
    return ENCODER.encodeToString(octets);
  }

  /** One octet for each character; of those that have none, one that is not in the alphabet. */
  static byte[] characters(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether a part of a text is canonical and not empty. */
  static boolean isCanonical(byte[] characters, int from, int to) {
    int values = 0;
    for (int i = from; i < to; i++) {
      values |= VALUES[characters[i] & 0xff]; // negative once one is
    }
    return from < to && values >= 0 && hasNoUnusedBits(characters[to - 1], to - from);
  }

  private static boolean hasNoUnusedBits(byte last, int length) {
    return switch (length % 4) {
      case 0 -> true;
      case 2 -> (VALUES[last] & 0x0f) == 0;
      case 3 -> (VALUES[last] & 0x03) == 0;
      default -> false;
    };
  }
}
