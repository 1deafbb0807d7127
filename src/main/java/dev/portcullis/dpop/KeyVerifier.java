/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

/** Verifies signatures of one key by one algorithm. Safe for use by several threads. */
interface KeyVerifier {

  /**
   * Whether the signature is that of the key for the input.
   *
   * @param signature in the form of RFC 7518 section 3; any octets are allowed and cause no
   *     exception
   */
  boolean verifies(byte[] input, byte[] signature);
}
