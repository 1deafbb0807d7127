/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.oauth.RefusedException;

/**
 * A proof whose signature is still to be verified, which costs more than all else. Whoever knows
 * already that its key is the wrong one need not. Immutable.
 */
public final class UnverifiedProof {

  /** The rest of the work. */
  @FunctionalInterface
  interface Rest {
    DpopProof verify() throws RefusedException;
  }

  private final String thumbprint;
  private final Rest rest;

  UnverifiedProof(String thumbprint, Rest rest) {
    this.thumbprint = thumbprint;
    this.rest = rest;
  }

  /** SHA-256 thumbprint of the key that it claims to be made with (RFC 7638). */
  public String thumbprint() {
    return thumbprint;
  }

  /**
   * Verifies the signature.
   *
   * @throws RefusedException if it does not hold
   */
  public DpopProof verify() throws RefusedException {
    return rest.verify();
  }

  @Override
  public String toString() {
    return "UnverifiedProof[" + thumbprint + "]";
  }
}
