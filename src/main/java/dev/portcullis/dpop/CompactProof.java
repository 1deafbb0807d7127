/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.oauth.RefusedException;
import java.util.Arrays;

/**
 * A proof taken apart: the three parts of a compact JWS (RFC 7515 section 7.1), each canonical
 * base64url and none of them empty; the header is not looked at before it is asked for, as most
 * headers are known. Its text shows up nowhere.
 */
final class CompactProof {

  /** The longest proof that is looked at. */
  static final int LONGEST = 8192;

  private final String headerText; // kept, as it keeps its hash code
  private final byte[] characters;
  private final int signed;
  private final byte[] payload;
  private final byte[] signature;

  private CompactProof(
      String headerText, byte[] characters, int signed, byte[] payload, byte[] signature) {
    this.headerText = headerText;
    this.characters = characters;
    this.signed = signed;
    this.payload = payload;
    this.signature = signature;
  }

  /**
   * Takes a field value apart.
   *
   * @throws RefusedException if it is not a compact JWS
   */
  static CompactProof parse(String text) throws RefusedException {
    if (text.length() > LONGEST) {
      throw Refusals.malformed("length");
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    byte[] characters = Base64Url.characters(text);
    if (first <= 0 || second <= 0 || characters.length < text.length()) {
      throw Refusals.malformed("parts");
    }
    return new CompactProof(
        text.substring(0, first),
        characters,
        second,
        part("payload-part", characters, first + 1, second),
        part("signature-part", characters, second + 1, characters.length));
  }

  private static byte[] part(String name, byte[] characters, int from, int to)
      throws RefusedException {
    return Base64Url.decode(characters, from, to).orElseThrow(() -> Refusals.malformed(name));
  }

  /** The header as it is written; the same in all proofs that a client makes with a key. */
  String headerText() {
    return headerText;
  }

  /**
   * The header.
   *
   * @throws RefusedException if it is not canonical
   */
  byte[] header() throws RefusedException {
    return part("header-part", characters, 0, headerText.length());
  }

  /** The payload; not a copy. */
  byte[] payload() {
    return payload;
  }

  /** The signature; not a copy. */
  byte[] signature() {
    return signature;
  }

  /** What is signed: header and payload as they are written (RFC 7515 section 5.2). */
  byte[] signingInput() {
    return Arrays.copyOf(characters, signed);
  }

  @Override
  public String toString() {
    return "CompactProof[" + characters.length + " characters]";
  }
}
