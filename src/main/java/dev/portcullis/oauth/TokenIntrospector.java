/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import java.util.Optional;

/**
 * The port to the authorization server: says what it says of a token (RFC 7662). Safe for use by
 * several threads.
 */
public interface TokenIntrospector {

  /** The answer if it is at hand. Never waits. */
  Optional<TokenInfo> known(TokenQuery query);

  /**
   * The answer, from the authorization server if need be. Waits for it, within a bound.
   *
   * @throws UnavailableException if there is none
   */
  TokenInfo introspect(TokenQuery query) throws UnavailableException;
}
