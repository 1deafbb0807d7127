/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.time.Instant;
import java.util.Optional;

/**
 * A proof that holds by itself: whoever sent the request has the key. Whether the token is bound to
 * that key, and whether the proof was used before, is still to be asked. Made by {@link
 * DpopProofValidator} only. Immutable.
 */
public final class DpopProof {

  private final String thumbprint;
  private final String id;
  private final Instant acceptableUntil;
  private final Optional<String> nextNonce;
  private final Runnable keeper;

  /**
   * Makes one.
   *
   * @param keeper keeps its key at hand
   */
  DpopProof(
      String thumbprint,
      String id,
      Instant acceptableUntil,
      Optional<String> nextNonce,
      Runnable keeper) {
    this.thumbprint = thumbprint;
    this.id = id;
    this.acceptableUntil = acceptableUntil;
    this.nextNonce = nextNonce;
    this.keeper = keeper;
  }

  /** SHA-256 thumbprint of the key (RFC 7638), which {@code cnf.jkt} must equal. */
  public String thumbprint() {
    return thumbprint;
  }

  /** A digest of key and {@code jti}: the same for each use of the proof. */
  public String id() {
    return id;
  }

  /** From when on the proof would not be accepted anyway. */
  public Instant acceptableUntil() {
    return acceptableUntil;
  }

  /** The nonce that the client is to use from now on, if it is time for another. */
  public Optional<String> nextNonce() {
    return nextNonce;
  }

  /**
   * Keeps its key at hand for the next proof: to be called once a good token is bound to it.
   * Anybody can make keys of his own, and of those none is to stay.
   */
  public void keepKey() {
    keeper.run();
  }

  @Override
  public String toString() {
    return "DpopProof[" + thumbprint + "]";
  }
}
