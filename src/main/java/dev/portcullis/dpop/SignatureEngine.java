/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.security.PublicKey;

/**
 * Verifies signatures. Its text names it in the log. Implementations are safe for use by several
 * threads.
 */
interface SignatureEngine {

  /** Whether it knows that algorithm. */
  default boolean has(SignatureAlgorithm algorithm) {
    return true;
  }

  /**
   * A verifier to be kept with the key, as making one may cost more than using it.
   *
   * @param algorithm one that it has
   * @param key a key that was checked and fits the algorithm
   */
  KeyVerifier verifier(SignatureAlgorithm algorithm, PublicKey key);
}
