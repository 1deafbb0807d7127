/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.oauth.TokenInfo;

/** A token whose claims were checked. Only {@link TokenValidator} makes one. */
final class ValidToken {

  private final TokenInfo info;

  ValidToken(TokenInfo info) {
    this.info = info;
  }

  TokenInfo info() {
    return info;
  }
}
