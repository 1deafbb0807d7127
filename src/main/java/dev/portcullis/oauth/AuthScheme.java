/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import java.util.Optional;

/**
 * The authentication schemes that carry an access token: RFC 6750 section 2.1 and RFC 9449 section
 * 7.1.
 */
public enum AuthScheme {
  /** Whoever holds the token may use it. */
  BEARER("Bearer"),
  /** The token comes with a proof of possession of a key. */
  DPOP("DPoP");

  private final String text;

  AuthScheme(String text) {
    this.text = text;
  }

  /** The scheme of a name, compared without regard to case (RFC 9110 section 11.1). */
  public static Optional<AuthScheme> named(String name) {
    if (DPOP.isNamed(name)) {
      return Optional.of(DPOP);
    }
    return BEARER.isNamed(name) ? Optional.of(BEARER) : Optional.empty();
  }

  /** Whether that is its name, compared without regard to case. */
  public boolean isNamed(String name) {
    return text.equalsIgnoreCase(name);
  }

  /** The name as challenges spell it. */
  @Override
  public String toString() {
    return text;
  }
}
