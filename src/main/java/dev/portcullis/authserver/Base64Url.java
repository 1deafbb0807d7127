/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.util.Base64;
import java.util.Optional;

/**
 * Reads base64url as JOSE has it (RFC 7515 section 2): no padding, no other character, and of all
 * texts for the same octets only the one that an encoder writes.
 */
public final class Base64Url {

  private Base64Url() {}

  /** The octets that a text stands for; empty if it is not that text. */
  public static Optional<byte[]> decode(String text) {
    try {
      byte[] octets = Base64.getUrlDecoder().decode(text);
      String canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
      return canonical.equals(text) ? Optional.of(octets) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // another character, or half an octet
    }
  }
}
