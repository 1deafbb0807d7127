/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.api.TokenPrincipal;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.TokenInfo;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who a granted request comes from, as the application is to see it. Immutable. */
public final class Identity {

  private static final String CLIENT = "client:";
  private static final String USER = "user:";

  /** In any case, as not every application compares names letter for letter. */
  private static final Pattern RESERVED =
      Pattern.compile("[\\s\\p{Z}\\p{Cf}]*+(?:user:)*+client:", Pattern.CASE_INSENSITIVE);

  private final AccessTokenPrincipal principal;
  private final IdentitySettings settings;

  private Identity(AccessTokenPrincipal principal, IdentitySettings settings) {
    this.principal = principal;
    this.settings = settings;
  }

  static Identity of(ProvenToken token, IdentitySettings settings) {
    TokenInfo info = token.info();
    Optional<String> user =
        settings.clients().isOn(info) ? Optional.empty() : userName(info, settings);
    String name = user.map(Identity::distinct).orElseGet(() -> clientName(info));
    return new Identity(
        new AccessTokenPrincipal(name, user.isEmpty(), info, token.scheme()), settings);
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
    return CLIENT + info.clientId().orElse("");
  }

  /**
   * The user the token names, if it names one: an attribute that is set goes before {@code sub}.
   */
  private static Optional<String> userName(TokenInfo info, IdentitySettings settings) {
    Optional<String> subject = info.subject().filter(text -> !text.isEmpty());
    Optional<String> named =
        settings
            .principal()
            .textIn(info)
            .filter(text -> !text.isEmpty())
            .filter(text -> subject.isPresent() || isNoClient(text, info));
    if (named.isPresent() || subject.isPresent()) {
      return named.or(() -> subject);
    }
    return settings.isNamed() || settings.clients().noSubject()
        ? Optional.empty()
        : info.username().filter(text -> !text.isEmpty() && isNoClient(text, info));
  }

  private static boolean isNoClient(String name, TokenInfo info) {
    return info.clientId().filter(name::equals).isEmpty();
  }

  /** A name that no client has; what is put before it is put before every name that begins so. */
  private static String distinct(String user) {
    return RESERVED.matcher(user).lookingAt() ? USER + user : user;
  }
}
