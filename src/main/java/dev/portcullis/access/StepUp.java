/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.oauth.Challenge;
import dev.portcullis.oauth.TokenInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the user behind a token must have authenticated (RFC 9470). What the authorization server
 * does not tell is not met. Immutable.
 *
 * @param contexts the values of {@code acr} of which one is needed, the preferred first; any will
 *     do if there are none
 * @param maxAge how long ago the user may have authenticated
 * @param clockSkew how far in the future that may lie
 */
record StepUp(List<String> contexts, Optional<Duration> maxAge, Duration clockSkew) {

  /** Asks for nothing. */
  static final StepUp NONE = new StepUp(List.of(), Optional.empty(), Duration.ZERO);

  /** Copies the list. */
  StepUp {
    contexts = List.copyOf(contexts);
  }

  /**
   * Reads what a rule asks for.
   *
   * @param prefix what stands before the last part of the keys
   */
  static StepUp read(ConfigReader config, String prefix, Duration clockSkew) {
    String key = prefix + "acr-values";
    List<String> contexts = config.list(key);
    for (String context : contexts) {
      if (!Challenge.isPermitted(context)) {
        config.problem(key, "'" + context + "' must be printable ASCII without \" and \\.");
      }
    }
    return new StepUp(contexts, config.seconds(prefix + "max-age", 0, Long.MAX_VALUE), clockSkew);
  }

  /** Whether the user of a token authenticated well enough and recently enough. */
  boolean isMetBy(TokenInfo info, Instant now) {
    return isMetBy(info.authenticationContext())
        && (maxAge.isEmpty()
            || info.authenticatedAt().filter(time -> isRecent(time, now)).isPresent());
  }

  private boolean isMetBy(Optional<String> context) {
    return contexts.isEmpty() || context.filter(contexts::contains).isPresent();
  }

  private boolean isRecent(Instant time, Instant now) {
    return !time.isAfter(now.plus(clockSkew))
        && !time.isBefore(now.minus(maxAge.orElse(Duration.ZERO)));
  }

  /** All it asks for, as parameters of a challenge: one new authentication is to be enough. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (!contexts.isEmpty()) {
      parameters.put("acr_values", String.join(" ", contexts));
    }
    maxAge.ifPresent(age -> parameters.put("max_age", String.valueOf(age.toSeconds())));
    return parameters;
  }
}
