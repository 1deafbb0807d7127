/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.access.AccessSettings.Requirements;
import dev.portcullis.access.AccessSettings.ScopesMatch;
import dev.portcullis.api.Reason;
import dev.portcullis.dpop.DpopSettings;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one request needs: the schemes it may use, the audience its token must be for, the clients
 * that may come, the authentication of the user (RFC 9470), the scopes (RFC 6750 section 3.1).
 * Immutable.
 */
final class AccessRule {

  private final Requirements requirements;
  private final boolean isDeny;
  private final Set<AuthScheme> schemes;
  private final CredentialsExtractor credentials;

  private AccessRule(Requirements requirements, boolean isDeny) {
    this.requirements = requirements;
    this.isDeny = isDeny;
    this.schemes = schemes(requirements.usage().dpop());
    this.credentials = new CredentialsExtractor(schemes, requirements.usage().maxLength());
  }

  private static Set<AuthScheme> schemes(DpopSettings.Type type) {
    return switch (type) {
      case OFF -> EnumSet.of(AuthScheme.BEARER);
      case ENABLED -> EnumSet.of(AuthScheme.BEARER, AuthScheme.DPOP);
      case REQUIRED -> EnumSet.of(AuthScheme.DPOP);
    };
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

  /** The schemes under which a token may come, to be offered in that order. */
  Set<AuthScheme> schemes() {
    return schemes;
  }

  /** What finds a token under one of those. */
  CredentialsExtractor credentials() {
    return credentials;
  }

  /** The refusal of a token under a known scheme that is not accepted here. */
  RefusedException refusalOf(AuthScheme scheme) {
    boolean isBearer = scheme == AuthScheme.BEARER;
    return RefusedException.unauthenticated(
        isBearer ? Reason.DPOP_REQUIRED : Reason.DPOP_NOT_ACCEPTED,
        requirements.usage().dpopKey(),
        needed());
  }

  /** The refusal of a request without a token; tells which scopes to ask for. */
  RefusedException refusal() {
    return RefusedException.unauthenticated(Reason.TOKEN_MISSING, "", needed());
  }

  private Map<String, String> needed() {
    return isDeny || requirements.scopes().isEmpty()
        ? Map.of()
        : Map.of("scope", requirements.scopes().toString());
  }

  /** How old a remembered answer may be, if that is limited. */
  Optional<Duration> timeToLive() {
    return requirements.usage().timeToLive();
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
  void authorize(ProvenToken token, Instant now) throws RefusedException {
    if (isDeny) {
      throw denied("rules.default");
    }
    if (!admitsClient(token.info().clientId())) {
      throw denied(key("client-ids"));
    }
    Map<String, String> scope =
        admitsScopes(token.info().scopes())
            ? Map.of()
            : Map.of("scope", requirements.scopes().toString());
    if (!requirements.stepUp().isMetBy(token.info(), now)) {
      throw tooWeak(scope);
    }
    if (!scope.isEmpty()) {
      throw RefusedException.of(
          OAuthError.INSUFFICIENT_SCOPE, Reason.SCOPE_MISSING, key("scopes"), scope);
    }
  }

  /** One challenge tells all that is missing (RFC 9470 section 3). */
  private RefusedException tooWeak(Map<String, String> scope) {
    Map<String, String> needed = new LinkedHashMap<>(requirements.stepUp().parameters());
    needed.putAll(scope);
    return RefusedException.of(
        OAuthError.INSUFFICIENT_USER_AUTHENTICATION,
        Reason.STEP_UP_REQUIRED,
        key(requirements.stepUp().contexts().isEmpty() ? "max-age" : "acr-values"),
        needed);
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
