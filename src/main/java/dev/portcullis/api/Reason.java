/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.api;

import java.util.Locale;

/**
 * Why a request was refused: the closed list that audit entries and counters use. A reason is for
 * the operator and is never shown to the caller.
 */
public enum Reason {
  /** The request carried no credentials that this filter accepts. */
  TOKEN_MISSING,

  /** The credentials could not be read: grammar, several fields, several tokens, too long. */
  REQUEST_MALFORMED,

  /** Container and filter could read the path differently. */
  PATH_AMBIGUOUS,

  /** The request did not come over TLS (RFC 6750 section 5.2). */
  HTTPS_REQUIRED,

  /** The authorization server does not vouch for the token. */
  TOKEN_INACTIVE,

  /** The token is past its {@code exp} or before its {@code nbf}. */
  TOKEN_EXPIRED,

  /** The authorization server calls the token active, yet it is no access token of a known type. */
  TOKEN_TYPE_UNUSABLE,

  /** The token lacks a required scope. */
  SCOPE_MISSING,

  /** The token is meant for another protected resource. */
  AUDIENCE_MISMATCH,

  /** The token comes from another issuer. */
  ISSUER_MISMATCH,

  /** The client is not among those that may call, or no rule admits the request. */
  CLIENT_NOT_ALLOWED,

  /** The token is bound to a certificate and the request came without one. */
  CERTIFICATE_MISSING,

  /** The token is bound to another certificate, or in a way that is not known. */
  CERTIFICATE_BINDING_MISMATCH,

  /** A token bound to a DPoP key came under the Bearer scheme (RFC 9449 section 7.2). */
  DPOP_DOWNGRADE,

  /** The token says DPoP and is not bound to a key, or DPoP is not accepted here. */
  DPOP_NOT_ACCEPTED,

  /** The authorization server gave no answer in time. */
  AS_UNAVAILABLE,

  /** The authorization server answered with something that is not an answer. */
  AS_BAD_RESPONSE,

  /** The authorization server refused this filter's own client credentials. */
  AS_CLIENT_REJECTED,

  /** As many requests as allowed are waiting for the authorization server already. */
  OVERLOADED,

  /** The entry of this request could not be recorded and the settings demand that it is. */
  AUDIT_UNAVAILABLE,

  /** A fault of this filter. */
  INTERNAL_ERROR;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The code as audit entries show it, such as {@code token_inactive}. */
  public String code() {
    return code;
  }
}
