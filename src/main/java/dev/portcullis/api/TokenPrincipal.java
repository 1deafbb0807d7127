/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.api;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The validated access token of a request, as the application sees it: what {@code
 * HttpServletRequest.getUserPrincipal()} returns and what stands in the request attribute {@value
 * #ATTRIBUTE}. Immutable; {@code toString()} shows the name only.
 */
public interface TokenPrincipal extends Principal {

  /** Name of the request attribute that holds the principal. */
  String ATTRIBUTE = "dev.portcullis.token";

  /**
   * The user, as the setting {@code principal.attribute-name} selects it; for a token that a client
   * obtained for itself {@code client:} followed by the client id, so that no client can pass for a
   * user. A user whose own name begins so has {@code user:} before it.
   */
  @Override
  String getName();

  /**
   * Whether the token is a client's own: it names no user, or the setting {@code
   * principal.client-if} says so.
   */
  boolean isClient();

  /** {@code sub} of the introspection response (RFC 7662 section 2.2). */
  Optional<String> subject();

  /** {@code client_id} of the introspection response. */
  Optional<String> clientId();

  /** The scheme the token was accepted under: {@code Bearer} or {@code DPoP}. */
  String tokenType();

  /** The scopes of the token, in the order of the response; empty if there are none. */
  Set<String> scopes();

  /**
   * All members of the introspection response. An array gives one text for each element, anything
   * else one text; objects are given as JSON.
   */
  Map<String, List<String>> attributes();

  /** {@code exp} of the introspection response. */
  Optional<Instant> expiresAt();

  /** When the authorization server was asked. */
  Instant retrievedAt();

  /** The introspection response as JSON text. */
  String rawResponse();
}
