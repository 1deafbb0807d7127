/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * SHA-256 of an access token: what stands for the token wherever it must not stand itself. Encoded
 * as base64url it is the {@code ath} of RFC 9449 section 4.2. Immutable, fit as a key.
 */
public final class TokenDigest {

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(TokenDigest::sha256);
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final byte[] bytes;

  private TokenDigest(byte[] bytes) {
    this.bytes = bytes;
  }

  static TokenDigest of(String token) {
    return new TokenDigest(SHA_256.get().digest(token.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The digest in base64url without padding, 43 characters. */
  public String base64Url() {
    return BASE64URL.encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenDigest that && MessageDigest.isEqual(bytes, that.bytes);
  }

  /** The first four octets: a cryptographic digest needs no further mixing. */
  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes).getInt();
  }

  @Override
  public String toString() {
    return base64Url().substring(0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
