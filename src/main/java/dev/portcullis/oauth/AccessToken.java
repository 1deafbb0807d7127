/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An access token as presented: {@code token68} of RFC 9110 section 11.2, at most {@value #LONGEST}
 * characters. Knows its digest and never prints itself. Immutable.
 */
public final class AccessToken {

  /** The longest token that is looked at. */
  public static final int LONGEST = 8192;

  private static final boolean[] TOKEN68 = new boolean[128];

  static {
    for (char c :
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/".toCharArray()) {
      TOKEN68[c] = true;
    }
  }

  private final String value;
  private @Nullable TokenDigest digest; // made when asked for; whichever thread asks, the same

  private AccessToken(String value) {
    this.value = value;
  }

  /** The token with this text, or nothing if the text breaks the grammar or is too long. */
  public static Optional<AccessToken> parse(String text) {
    return text.length() <= LONGEST && isToken68(text)
        ? Optional.of(new AccessToken(text))
        : Optional.empty();
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

  private static boolean isToken68(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= TOKEN68.length || !TOKEN68[c]) {
        return false;
      }
    }
    return end > 0;
  }
}
