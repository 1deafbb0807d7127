/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of texts. */
final class Sha256 {

  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(() -> digest("SHA-256"));

  private Sha256() {}

  /** The digest of the UTF-8 form of a text, in base64url without padding. */
  static String base64Url(String text) {
    return Base64Url.encode(DIGEST.get().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A digest that every Java platform has. */
  static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + name, e);
    }
  }
}
