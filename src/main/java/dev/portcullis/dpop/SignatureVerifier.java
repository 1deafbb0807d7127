/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.security.PublicKey;

/** Verifies signatures. Implementations are safe for use by several threads. */
interface SignatureVerifier {

  /**
   * Whether the signature is that of the key for the input.
   *
   * @param key a key that fits the algorithm
   * @param signature in the form of RFC 7518 section 3; any octets are allowed and cause no
   *     exception
   */
  boolean verifies(SignatureAlgorithm algorithm, PublicKey key, byte[] input, byte[] signature);
}
