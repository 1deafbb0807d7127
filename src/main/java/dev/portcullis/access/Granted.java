/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.dpop.DpopProof;
import java.util.Optional;

/**
 * The request may pass. Made only from a {@link ProvenToken}, or where none is demanded. Immutable.
 */
public final class Granted implements Decision {

  private final Optional<ProvenToken> token;
  private final Optional<Identity> identity;
  private final Evidence evidence;

  private Granted(Optional<ProvenToken> token, Optional<Identity> identity, Evidence evidence) {
    this.token = token;
    this.identity = identity;
    this.evidence = evidence;
  }

  static Granted to(ProvenToken token, IdentitySettings settings, Evidence evidence) {
    return new Granted(Optional.of(token), Optional.of(Identity.of(token, settings)), evidence);
  }

  static Granted anonymously() {
    return new Granted(Optional.empty(), Optional.empty(), Evidence.NONE);
  }

  Optional<ProvenToken> token() {
    return token;
  }

  /** The nonce that the client is to use from now on, if it is time for another. */
  public Optional<String> nextNonce() {
    return token.flatMap(ProvenToken::proof).flatMap(DpopProof::nextNonce);
  }

  /** Who the request comes from; nobody if it reached an optional path without a token. */
  public Optional<Identity> identity() {
    return identity;
  }

  @Override
  public Evidence evidence() {
    return evidence;
  }
}
