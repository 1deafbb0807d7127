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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Folds what went wrong into a refusal, and is the only maker of challenges (RFC 6750 section 3):
 * that of the scheme the request used, or one for each accepted scheme if it used none of them. An
 * error stands first, since there are clients that look no further. Safe for use by several
 * threads.
 */
final class Challenges {

  private final ChallengeSettings settings;
  private final String algorithms;
  private final Supplier<Optional<String>> nonces;

  /** Those that are always the same, by what they tell: refusing is to cost little. */
  private final Map<Set<AuthScheme>, Map<Optional<OAuthError>, Offers>> constant = new HashMap<>();

  /** Those that ask for a token, by what they ask for: as many as there are rules. */
  private final Map<Asked, List<Challenge>> asking = new ConcurrentHashMap<>();

  private record Asked(Set<AuthScheme> schemes, Map<String, String> needed) {}

  /** Challenges by the scheme that the request used, if it can be told. */
  private record Offers(Map<Optional<AuthScheme>, List<Challenge>> byScheme) {

    static final Offers NONE = new Offers(Map.of());

    List<Challenge> to(Optional<AuthScheme> used) {
      return byScheme.getOrDefault(used, List.of());
    }
  }

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
    prepare(EnumSet.of(AuthScheme.BEARER));
    prepare(EnumSet.of(AuthScheme.DPOP));
    prepare(EnumSet.allOf(AuthScheme.class));
  }

  private void prepare(Set<AuthScheme> accepted) {
    Map<Optional<OAuthError>, Offers> offers = new HashMap<>();
    offers.put(Optional.empty(), offers(Optional.empty(), accepted));
    for (OAuthError error : OAuthError.values()) {
      if (error.isChallenged()) {
        offers.put(Optional.of(error), offers(Optional.of(error), accepted));
      }
    }
    constant.put(accepted, offers);
  }

  private Offers offers(Optional<OAuthError> error, Set<AuthScheme> accepted) {
    Told told = new Told(error, error.map(OAuthError::description).orElse(""), Map.of());
    Map<Optional<AuthScheme>, List<Challenge>> byScheme = new HashMap<>();
    byScheme.put(Optional.empty(), challenges(told, accepted, Optional.empty()));
    for (AuthScheme scheme : AuthScheme.values()) {
      byScheme.put(Optional.of(scheme), challenges(told, accepted, Optional.of(scheme)));
    }
    return new Offers(byScheme);
  }

  /** What a challenge tells of a refusal. */
  private record Told(Optional<OAuthError> error, String description, Map<String, String> needed) {}

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
        refusal.detail(),
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
    if (error.isEmpty() && settings.advertisesScopes() && !refusal.needed().isEmpty()) {
      Told told = new Told(error, "", refusal.needed());
      return asking.computeIfAbsent(
          new Asked(offered(accepted, used), refusal.needed()),
          asked -> challenges(told, asked.schemes(), Optional.empty()));
    }
    if (error.isEmpty() || (refusal.description().isEmpty() && refusal.needed().isEmpty())) {
      return constant.getOrDefault(accepted, Map.of()).getOrDefault(error, Offers.NONE).to(used);
    }
    String description =
        refusal.description().or(() -> error.map(OAuthError::description)).orElse("");
    return challenges(new Told(error, description, refusal.needed()), accepted, used);
  }

  private List<Challenge> challenges(
      Told told, Set<AuthScheme> accepted, Optional<AuthScheme> used) {
    return offered(accepted, used).stream().map(scheme -> challenge(scheme, told)).toList();
  }

  /** The scheme that the request used, or all where it used none that is accepted. */
  private static Set<AuthScheme> offered(Set<AuthScheme> accepted, Optional<AuthScheme> used) {
    return used.filter(accepted::contains).<Set<AuthScheme>>map(EnumSet::of).orElse(accepted);
  }

  private Challenge challenge(AuthScheme scheme, Told told) {
    Map<String, String> parameters = new LinkedHashMap<>();
    told.error().ifPresent(error -> describe(error, told.description(), parameters));
    parameters.putAll(told.needed());
    settings
        .resourceMetadata()
        .ifPresent(url -> parameters.put("resource_metadata", url.toASCIIString()));
    parameters.put("realm", settings.realm());
    if (scheme == AuthScheme.DPOP) {
      parameters.put("algs", algorithms);
    }
    return new Challenge(scheme, parameters);
  }

  private void describe(OAuthError error, String description, Map<String, String> parameters) {
    parameters.put("error", error.code());
    if (settings.hasDescription()) {
      parameters.put("error_description", description);
    }
  }
}
