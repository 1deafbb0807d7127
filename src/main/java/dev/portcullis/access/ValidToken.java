/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.oauth.TokenInfo;
import java.time.Instant;

/** A token whose claims were checked. Only {@link TokenValidator} makes one. */
final class ValidToken {

  private final TokenInfo info;
  private final Instant checkedAt;

  ValidToken(TokenInfo info, Instant checkedAt) {
    this.info = info;
    this.checkedAt = checkedAt;
  }

  TokenInfo info() {
    return info;
  }

  /** What time it was then. */
  Instant checkedAt() {
    return checkedAt;
  }
}
