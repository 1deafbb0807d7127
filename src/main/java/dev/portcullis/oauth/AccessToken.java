/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An access token as presented. Servers issue more than RFC 6750 section 2.1 allows for, so it is
 * any visible character of US-ASCII but the three that quote and separate in a header field. How
 * long it may be is for the caller to say. Knows its digest and never prints itself. Immutable.
 */
public final class AccessToken {

  private final String value;
  private @Nullable TokenDigest digest; // made when asked for; whichever thread asks, the same

  private AccessToken(String value) {
    this.value = value;
  }

  /** The token with this text, or nothing if the text is empty or has another character. */
  public static Optional<AccessToken> parse(String text) {
    return isVisible(text) ? Optional.of(new AccessToken(text)) : Optional.empty();
  }

  /** The token itself, to be sent to the authorization server and nowhere else. */
  public String reveal() {
    return value;
  }

  /** SHA-256 of the token. */
  public TokenDigest digest() {
    TokenDigest known = digest;
    if (known == null) {
      known = TokenDigest.of(value);
      digest = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccessToken that && digest().equals(that.digest());
  }

  @Override
  public int hashCode() {
    return digest().hashCode();
  }

  @Override
  public String toString() {
    return "AccessToken[" + digest() + "]";
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == ',' || c == '\\') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
