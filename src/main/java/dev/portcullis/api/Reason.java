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

  /** The request names another method than that of its request line, and that is refused here. */
  METHOD_OVERRIDE,

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

  /** The user authenticated in another way, or longer ago, than the rule asks (RFC 9470). */
  STEP_UP_REQUIRED,

  /** The token is meant for another protected resource. */
  AUDIENCE_MISMATCH,

  /** The token comes from another issuer. */
  ISSUER_MISMATCH,

  /** The client is not among those that may call, or no rule admits the request. */
  CLIENT_NOT_ALLOWED,

  /** The token is bound to no key and no certificate, and the profile demands that it is. */
  TOKEN_UNBOUND,

  /** The token is bound to a certificate and the request came without one. */
  CERTIFICATE_MISSING,

  /** The token is bound to another certificate, or in a way that is not known. */
  CERTIFICATE_BINDING_MISMATCH,

  /** A token bound to a DPoP key came under the Bearer scheme (RFC 9449 section 7.2). */
  DPOP_DOWNGRADE,

  /** The token says DPoP and is not bound to a key, or DPoP is not accepted here. */
  DPOP_NOT_ACCEPTED,

  /** Only tokens with a DPoP proof are accepted here. */
  DPOP_REQUIRED,

  /** The request carries a token under the DPoP scheme and no proof. */
  DPOP_PROOF_MISSING,

  /** The DPoP proof is not what RFC 9449 section 4.2 says it is, or there are several. */
  DPOP_PROOF_MALFORMED,

  /** The key in the DPoP proof is a private or symmetric one. */
  DPOP_PRIVATE_KEY,

  /** The key in the DPoP proof is too small, too large or of small order. */
  DPOP_WEAK_KEY,

  /** The signature of the DPoP proof does not hold. */
  DPOP_PROOF_SIGNATURE,

  /** The DPoP proof was made for another request method. */
  DPOP_METHOD_MISMATCH,

  /** The DPoP proof was made for another URL. */
  DPOP_URI_MISMATCH,

  /** The DPoP proof is too old. */
  DPOP_PROOF_EXPIRED,

  /** The DPoP proof is from the future. */
  DPOP_PROOF_FUTURE,

  /** The DPoP proof was made for another access token. */
  DPOP_TOKEN_HASH_MISMATCH,

  /** The token is bound to another key than that of the DPoP proof. */
  DPOP_KEY_MISMATCH,

  /** The DPoP proof was used before. */
  DPOP_REPLAY,

  /** The DPoP proof carries no nonce and needs one. */
  DPOP_NONCE_MISSING,

  /** The nonce in the DPoP proof is not one of ours, or too old. */
  DPOP_NONCE_STALE,

  /** Whether the DPoP proof was used before cannot be told, or not be remembered. */
  REPLAY_STORE_UNAVAILABLE,

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
