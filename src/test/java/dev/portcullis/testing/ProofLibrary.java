/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.util.Optional;

/** A client library of other people's making, with a key of its own, that makes DPoP proofs. */
public interface ProofLibrary {

  /**
   * A proof for a request (RFC 9449 section 4.2).
   *
   * @param token the access token it is sent with; none at a token endpoint
   * @param nonce what the server wants in it
   */
  String proof(String method, String url, Optional<String> token, Optional<String> nonce)
      throws Exception;

  /** SHA-256 thumbprint of the key (RFC 7638). */
  String thumbprint() throws Exception;
}
