/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.Challenge;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.Scopes;
import dev.portcullis.oauth.UnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Folds what went wrong into a refusal, and is the only maker of challenges (RFC 6750 section 3):
 * one for each accepted scheme, the error on that of the scheme the request used, or on all if that
 * cannot be told. Immutable.
 */
final class Challenges {

  private final ChallengeSettings settings;
  private final Set<AuthScheme> accepted;

  Challenges(ChallengeSettings settings, Set<AuthScheme> accepted) {
    this.settings = settings;
    this.accepted = accepted;
  }

  /**
   * Refuses for the request's fault.
   *
   * @param needed the scopes the request needs, told only where they are what is missing
   * @param used the scheme of the request, if it can be told
   */
  Rejected refuse(
      RefusedException refusal, Scopes needed, Optional<AuthScheme> used, Evidence evidence) {
    return new Rejected(
        refusal.error().map(OAuthError::status).orElse(401),
        refusal.error(),
        challenges(refusal.error(), needed, used),
        Optional.empty(),
        refusal.reason(),
        refusal.setting(),
        evidence);
  }

  /** Refuses because nothing can be decided. */
  Rejected refuse(UnavailableException failure, Evidence evidence) {
    return Rejected.unavailable(
        failure.reason(), failure.retryAfter(), failure.setting(), evidence);
  }

  private List<Challenge> challenges(
      Optional<OAuthError> error, Scopes needed, Optional<AuthScheme> used) {
    if (error.isPresent() && !error.get().isChallenged()) {
      return List.of();
    }
    List<Challenge> challenges = new ArrayList<>();
    for (AuthScheme scheme : accepted) {
      boolean tells = used.isEmpty() || used.get() == scheme;
      challenges.add(challenge(scheme, error.filter(e -> tells), needed));
    }
    return challenges;
  }

  private Challenge challenge(AuthScheme scheme, Optional<OAuthError> error, Scopes needed) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("realm", settings.realm());
    error.ifPresent(told -> describe(told, needed, parameters));
    settings
        .resourceMetadata()
        .ifPresent(url -> parameters.put("resource_metadata", url.toASCIIString()));
    return new Challenge(scheme, parameters);
  }

  private void describe(OAuthError error, Scopes needed, Map<String, String> parameters) {
    parameters.put("error", error.code());
    if (settings.hasDescription()) {
      parameters.put("error_description", error.description());
    }
    if (error == OAuthError.INSUFFICIENT_SCOPE) {
      parameters.put("scope", needed.toString());
    }
  }
}
