/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.TokenInfo;

/** A valid token that its presenter may use. Only {@link SenderConstraint} makes one. */
final class ProvenToken {

  private final ValidToken token;
  private final AuthScheme scheme;

  ProvenToken(ValidToken token, AuthScheme scheme) {
    this.token = token;
    this.scheme = scheme;
  }

  TokenInfo info() {
    return token.info();
  }

  AuthScheme scheme() {
    return scheme;
  }
}
