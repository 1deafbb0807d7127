/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.api.TokenPrincipal;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.TokenInfo;
import java.util.Optional;

/** Who a granted request comes from, as the application is to see it. Immutable. */
public final class Identity {

  private final AccessTokenPrincipal principal;
  private final IdentitySettings settings;

  private Identity(AccessTokenPrincipal principal, IdentitySettings settings) {
    this.principal = principal;
    this.settings = settings;
  }

  static Identity of(ProvenToken token, IdentitySettings settings) {
    TokenInfo info = token.info();
    Optional<String> subject = info.subject().filter(text -> !text.isEmpty());
    boolean isClient = subject.isEmpty() || subject.equals(info.clientId());
    String name = isClient ? clientName(info) : userName(info, settings);
    return new Identity(new AccessTokenPrincipal(name, isClient, info, token.scheme()), settings);
  }

  /** The principal: every granted request with a token has one. */
  public TokenPrincipal principal() {
    return principal;
  }

  /** The user's name; a client that acts for itself has none. */
  public Optional<String> user() {
    return principal.isClient() ? Optional.empty() : Optional.of(principal.name());
  }

  /** The scheme the token came under. */
  public AuthScheme scheme() {
    return principal.scheme();
  }

  /** Whether the token gives that role. */
  public boolean hasRole(String role) {
    TokenInfo info = principal.info();
    return (settings.rolesFromScopes() && info.scopes().values().contains(role))
        || settings.roles().filter(path -> path.listIn(info).contains(role)).isPresent();
  }

  private static String clientName(TokenInfo info) {
    return "client:" + info.clientId().orElse("");
  }

  private static String userName(TokenInfo info, IdentitySettings settings) {
    return settings
        .principal()
        .textIn(info)
        .filter(text -> !text.isEmpty())
        .or(info::subject)
        .orElseThrow();
  }
}
