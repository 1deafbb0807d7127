/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.dpop.DpopProof;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.TokenInfo;
import java.time.Instant;
import java.util.Optional;

/** A valid token that its presenter may use. Only {@link SenderConstraint} makes one. */
final class ProvenToken {

  private final ValidToken token;
  private final Optional<DpopProof> proof;

  ProvenToken(ValidToken token, Optional<DpopProof> proof) {
    this.token = token;
    this.proof = proof;
  }

  TokenInfo info() {
    return token.info();
  }

  /** When its claims were checked: the time that all decisions about the request go by. */
  Instant checkedAt() {
    return token.checkedAt();
  }

  /** The proof of possession that came with it, under the scheme DPoP. */
  Optional<DpopProof> proof() {
    return proof;
  }

  AuthScheme scheme() {
    return proof.isPresent() ? AuthScheme.DPOP : AuthScheme.BEARER;
  }
}
