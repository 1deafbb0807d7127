/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.access.AccessSettings.Requirements;
import dev.portcullis.access.AccessSettings.ScopesMatch;
import dev.portcullis.api.Reason;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.Scopes;
import java.util.Optional;
import java.util.Set;

/**
 * What one request needs: the audience its token must be for, the clients that may come, the scopes
 * (RFC 6750 section 3.1). Immutable.
 */
final class AccessRule {

  private final Requirements requirements;
  private final boolean isDeny;

  private AccessRule(Requirements requirements, boolean isDeny) {
    this.requirements = requirements;
    this.isDeny = isDeny;
  }

  static AccessRule of(Requirements requirements) {
    return new AccessRule(requirements, false);
  }

  /** The rule that admits nobody; the token is checked as that one wants, so as to tell nothing. */
  static AccessRule deny(Requirements requirements) {
    return new AccessRule(requirements, true);
  }

  /** Whether a token for that audience may be used; without any requirement every token may. */
  boolean admitsAudience(Optional<Set<String>> audience) {
    Set<String> wanted = requirements.audience();
    return wanted.isEmpty() || audience.orElse(Set.of()).stream().anyMatch(wanted::contains);
  }

  /** The scopes that a token must have, for the challenge. */
  Scopes scopes() {
    return requirements.scopes();
  }

  /** The key of one of this rule's settings. */
  String key(String lastPart) {
    return requirements.prefix() + lastPart;
  }

  /**
   * Judges a token that is valid and whose possession is proven.
   *
   * @throws RefusedException if it does not suffice here
   */
  void authorize(ProvenToken token) throws RefusedException {
    if (isDeny) {
      throw denied("rules.default");
    }
    if (!admitsClient(token.info().clientId())) {
      throw denied(key("client-ids"));
    }
    if (!admitsScopes(token.info().scopes())) {
      throw RefusedException.of(OAuthError.INSUFFICIENT_SCOPE, Reason.SCOPE_MISSING, key("scopes"));
    }
  }

  private boolean admitsClient(Optional<String> clientId) {
    return requirements.clientIds().isEmpty()
        || clientId.filter(requirements.clientIds()::contains).isPresent();
  }

  private boolean admitsScopes(Scopes scopes) {
    Scopes needed = requirements.scopes();
    return needed.isEmpty()
        || (requirements.scopesMatch() == ScopesMatch.ALL
            ? scopes.containsAll(needed)
            : scopes.containsAny(needed));
  }

  private static RefusedException denied(String setting) {
    return RefusedException.of(OAuthError.ACCESS_DENIED, Reason.CLIENT_NOT_ALLOWED, setting);
  }
}
