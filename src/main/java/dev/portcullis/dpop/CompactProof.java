/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A proof taken apart: the three parts of a compact JWS (RFC 7515 section 7.1), each canonical
 * base64url and none of them empty. Nothing is decoded before it is asked for. Immutable; its text
 * shows up nowhere.
 */
final class CompactProof {

  /** The longest proof that is looked at. */
  static final int LONGEST = 8192;

  private final String headerText; // kept, as it keeps its hash code
  private final byte[] characters;
  private final int firstDot;
  private final int secondDot;

  private CompactProof(String text, byte[] characters, int firstDot, int secondDot) {
    this.headerText = text.substring(0, firstDot);
    this.characters = characters;
    this.firstDot = firstDot;
    this.secondDot = secondDot;
  }

  /** Takes a field value apart, or nothing if it is not a compact JWS. */
  static Optional<CompactProof> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first <= 0 || second <= 0) {
      return Optional.empty();
    }
    byte[] characters = Base64Url.characters(text);
    return Base64Url.isCanonical(characters, 0, first)
            && Base64Url.isCanonical(characters, first + 1, second)
            && Base64Url.isCanonical(characters, second + 1, characters.length)
        ? Optional.of(new CompactProof(text, characters, first, second))
        : Optional.empty();
  }

  /** The header as it is written; the same in all proofs that a client makes with a key. */
  String headerText() {
    return headerText;
  }

  byte[] header() {
    return decode(0, firstDot);
  }

  byte[] payload() {
    return decode(firstDot + 1, secondDot);
  }

  byte[] signature() {
    return decode(secondDot + 1, characters.length);
  }

  /** What is signed: header and payload as they are written (RFC 7515 section 5.2). */
  byte[] signingInput() {
    return Arrays.copyOf(characters, secondDot);
  }

  private byte[] decode(int from, int to) {
    return Base64.getUrlDecoder().decode(Arrays.copyOfRange(characters, from, to));
  }

  @Override
  public String toString() {
    return "CompactProof[" + characters.length + " characters]";
  }
}
