/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.ConfigReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a client assertion says.
 *
 * @param audience whom it is for: one text that comes from the settings only, never from a document
 *     of somebody else's
 * @param isTyped whether its header has {@code typ}
 * @param lifetime how long it is valid
 */
public record AssertionSettings(String audience, boolean isTyped, Duration lifetime) {

  private static final String AUDIENCE = "client.assertion-audience";
  private static final String TYPE = "client.assertion-type-header";
  private static final String LIFETIME = "client.assertion-lifetime";
  private static final String NONE = "-";

  private enum Audience {
    ISSUER,
    TOKEN_ENDPOINT
  }

  /**
   * Reads the settings.
   *
   * @param signs whether assertions are used at all
   * @param issuer the issuer identifier of the authorization server, if set
   * @param tokenEndpoint its token endpoint as absolute URL, if set
   */
  static AssertionSettings read(
      ConfigReader config, boolean signs, Optional<String> issuer, Optional<String> tokenEndpoint) {
    Audience kind =
        config.choice(AUDIENCE, issuer.isPresent() ? Audience.ISSUER : Audience.TOKEN_ENDPOINT);
    Optional<String> audience = kind == Audience.ISSUER ? issuer : tokenEndpoint;
    if (signs && audience.isEmpty() && !config.isFaulty(AUDIENCE)) {
      config.problem(AUDIENCE, "needs as.issuer or as.token-endpoint.");
    }
    if (!signs) {
      List.of(AUDIENCE, TYPE, LIFETIME).stream()
          .filter(config::isSet)
          .forEach(
              key ->
                  config.warn(
                      key, "has no effect unless client.credentials-type is private-key-jwt."));
    }
    return new AssertionSettings(
        audience.orElse(NONE), config.flag(TYPE, true), config.seconds(LIFETIME, 60, 10, 300));
  }
}
