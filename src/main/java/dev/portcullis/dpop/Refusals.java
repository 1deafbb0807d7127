/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;

/** How a proof is refused (RFC 9449 section 7.1). */
final class Refusals {

  private Refusals() {}

  /**
   * The proof is not what RFC 9449 section 4.2 says it is.
   *
   * @param part which part of it
   */
  static RefusedException malformed(String part) {
    return of(Reason.DPOP_PROOF_MALFORMED, "").detailed(part);
  }

  static RefusedException of(Reason reason, String setting) {
    return RefusedException.of(OAuthError.INVALID_DPOP_PROOF, reason, setting);
  }

  /** The client needs a nonce, or another one (RFC 9449 section 9). */
  static RefusedException nonce(Reason reason) {
    return RefusedException.of(OAuthError.USE_DPOP_NONCE, reason, DpopSettings.REQUIRE_NONCE);
  }
}
