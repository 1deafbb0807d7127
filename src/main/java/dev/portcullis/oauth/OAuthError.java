/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import java.util.Locale;

/**
 * The error codes a caller may see, each with its status and a fixed description: RFC 6750 section
 * 3.1, and for the body only, RFC 6749 sections 4.1.2.1 and 5.2. Which check failed is never told.
 */
public enum OAuthError {
  /** The request is malformed or ambiguous. */
  INVALID_REQUEST(400, "The request is malformed."),
  /** The access token is not good for this request. */
  INVALID_TOKEN(401, "The access token is not valid for this request."),
  /** The proof of possession is missing or does not hold (RFC 9449 section 7.1). */
  INVALID_DPOP_PROOF(401, "The DPoP proof is missing or not valid for this request."),
  /** The proof of possession lacks a nonce of ours (RFC 9449 section 9). */
  USE_DPOP_NONCE(401, "The DPoP proof must carry the nonce of this response."),
  /** The user behind the token should authenticate again, or better (RFC 9470 section 3). */
  INSUFFICIENT_USER_AUTHENTICATION(
      401, "The request needs a stronger or a more recent authentication of the user."),
  /** The access token is good but lacks privileges. */
  INSUFFICIENT_SCOPE(403, "The request needs more privileges than the access token gives."),
  /** Nothing about the token would help; stands in no challenge. */
  ACCESS_DENIED(403, "Access is denied."),
  /** No decision could be reached; stands in no challenge. */
  TEMPORARILY_UNAVAILABLE(503, "The request cannot be decided at the moment."),
  /** A fault of the filter; stands in no challenge. */
  SERVER_ERROR(500, "The request cannot be processed.");

  private final int status;
  private final String description;

  OAuthError(int status, String description) {
    this.status = status;
    this.description = description;
  }

  /** The value of {@code error}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status code of the response. */
  public int status() {
    return status;
  }

  /** The value of {@code error_description}. */
  public String description() {
    return description;
  }

  /** Whether the error is the challenge's to tell. */
  public boolean isChallenged() {
    return this != ACCESS_DENIED && this != TEMPORARILY_UNAVAILABLE && this != SERVER_ERROR;
  }
}
