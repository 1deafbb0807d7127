/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.security.PublicKey;

/** Verifies signatures. Implementations are safe for use by several threads. */
interface SignatureEngine {

  /**
   * A verifier to be kept with the key, as making one may cost more than using it.
   *
   * @param key a key that was checked and fits the algorithm
   */
  KeyVerifier verifier(SignatureAlgorithm algorithm, PublicKey key);
}
