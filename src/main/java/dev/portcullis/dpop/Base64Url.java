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
    return decode(characters, 0, characters.length);
  }

  /** The octets that a part of a text stands for, or nothing if it is empty or not canonical. */
  static Optional<byte[]> decode(byte[] characters, int from, int to) {
    int rest = (to - from) % 4;
    if (from == to || rest == 1) {
      return Optional.empty();
    }
    byte[] octets = new byte[(to - from) * 3 / 4];
    int wrong = 0; // negative once a character is not of the alphabet
    int out = 0;
    for (int in = from; in < to - rest; in += 4) {
      int bits = bits(characters, in) << 12 | bits(characters, in + 2);
      wrong |= bits;
      octets[out++] = (byte) (bits >> 16);
      octets[out++] = (byte) (bits >> 8);
      octets[out++] = (byte) bits;
    }
    if (rest > 0) {
      wrong |= readRest(characters, to - rest, rest, octets);
    }
    return wrong < 0 ? Optional.empty() : Optional.of(octets);
  }

  /** Reads two or three characters at the end; negative if one is wrong, or an unused bit set. */
  private static int readRest(byte[] characters, int from, int rest, byte[] octets) {
    int bits = bits(characters, from);
    int end = octets.length - 1;
    if (rest == 2) {
      octets[end] = (byte) (bits >> 4);
      return bits | -(bits & 0x0f);
    }
    bits = bits << 6 | VALUES[characters[from + 2] & 0xff];
    octets[end - 1] = (byte) (bits >> 10);
    octets[end] = (byte) (bits >> 2);
    return bits | -(bits & 0x03);
  }

  static String encode(byte[] octets) {
    return ENCODER.encodeToString(octets);
  }

  /**
   * One octet for each character, or for two that are a surrogate pair; of those that have none,
   * one that is not in the alphabet.
   */
  static byte[] characters(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The twelve bits of two characters; negative if one of them is not of the alphabet. */
  private static int bits(byte[] characters, int at) {
    return VALUES[characters[at] & 0xff] << 6 | VALUES[characters[at + 1] & 0xff];
  }
}
