/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.dpop.SignatureAlgorithm;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.Challenge;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.UnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Folds what went wrong into a refusal, and is the only maker of challenges (RFC 6750 section 3):
 * one for each accepted scheme, the error on that of the scheme the request used, or on all if that
 * cannot be told. Immutable.
 */
final class Challenges {

  private final ChallengeSettings settings;
  private final String algorithms;
  private final Supplier<Optional<String>> nonces;

  /**
   * Makes a maker of challenges.
   *
   * @param algorithms what a proof may be signed by (RFC 9449 section 5.1)
   * @param nonces where nonces come from, if clients need any
   */
  Challenges(
      ChallengeSettings settings,
      Set<SignatureAlgorithm> algorithms,
      Supplier<Optional<String>> nonces) {
    this.settings = settings;
    this.algorithms =
        algorithms.stream().map(SignatureAlgorithm::toString).collect(Collectors.joining(" "));
    this.nonces = nonces;
  }

  /**
   * Refuses for the request's fault.
   *
   * @param accepted the schemes to offer, in that order
   * @param used the scheme of the request, if it can be told
   */
  Rejected refuse(
      RefusedException refusal,
      Set<AuthScheme> accepted,
      Optional<AuthScheme> used,
      Evidence evidence) {
    int status = refusal.error().map(OAuthError::status).orElse(401);
    return new Rejected(
        status,
        refusal.error(),
        challenges(refusal, accepted, used),
        status == 401 && accepted.contains(AuthScheme.DPOP) ? nonces.get() : Optional.empty(),
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
      RefusedException refusal, Set<AuthScheme> accepted, Optional<AuthScheme> used) {
    Optional<OAuthError> error = refusal.error();
    if (error.isPresent() && !error.get().isChallenged()) {
      return List.of();
    }
    List<Challenge> challenges = new ArrayList<>();
    for (AuthScheme scheme : accepted) {
      boolean tells = used.isEmpty() || used.get() == scheme;
      challenges.add(challenge(scheme, Optional.of(refusal).filter(e -> tells)));
    }
    return challenges;
  }

  private Challenge challenge(AuthScheme scheme, Optional<RefusedException> refusal) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("realm", settings.realm());
    refusal.ifPresent(told -> describe(told, parameters));
    if (scheme == AuthScheme.DPOP) {
      parameters.put("algs", algorithms);
    }
    settings
        .resourceMetadata()
        .ifPresent(url -> parameters.put("resource_metadata", url.toASCIIString()));
    return new Challenge(scheme, parameters);
  }

  private void describe(RefusedException refusal, Map<String, String> parameters) {
    if (refusal.error().isEmpty()) {
      return;
    }
    OAuthError error = refusal.error().get();
    parameters.put("error", error.code());
    if (settings.hasDescription()) {
      parameters.put("error_description", refusal.description().orElse(error.description()));
    }
    parameters.putAll(refusal.needed());
  }
}
