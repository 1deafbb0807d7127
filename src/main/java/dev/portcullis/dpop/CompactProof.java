/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.util.Arrays;
import java.util.Optional;

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

  /** Takes a field value apart, or nothing if it is not a compact JWS. */
  static Optional<CompactProof> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    byte[] characters = Base64Url.characters(text);
    if (first <= 0 || second <= 0 || characters.length < text.length()) {
      return Optional.empty();
    }
    Optional<byte[]> payload = Base64Url.decode(characters, first + 1, second);
    Optional<byte[]> signature = Base64Url.decode(characters, second + 1, characters.length);
    return payload.isPresent() && signature.isPresent()
        ? Optional.of(
            new CompactProof(
                text.substring(0, first), characters, second, payload.get(), signature.get()))
        : Optional.empty();
  }

  /** The header as it is written; the same in all proofs that a client makes with a key. */
  String headerText() {
    return headerText;
  }

  /** The header, or nothing if it is not canonical. */
  Optional<byte[]> header() {
    return Base64Url.decode(characters, 0, headerText.length());
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
