/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.oauth.Challenge;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What refusals say: {@code challenge.*}.
 *
 * @param realm the realm
 * @param hasDescription whether errors are described
 * @param body what the body holds
 * @param advertisesScopes whether a request without a token is told the scopes it needs
 * @param resourceMetadata address of the protected resource metadata (RFC 9728 section 5.1)
 */
public record ChallengeSettings(
    String realm,
    boolean hasDescription,
    Body body,
    boolean advertisesScopes,
    Optional<URI> resourceMetadata) {

  /** What the body of a refusal holds. */
  public enum Body {
    /** {@code error} and {@code error_description} as a JSON object. */
    JSON,
    /** Nothing. */
    NONE
  }

  /**
   * Reads the settings.
   *
   * @param metadata address of the metadata that the filter shows, if it does
   */
  static ChallengeSettings read(ConfigReader config, Optional<URI> metadata) {
    String realm = config.string("challenge.realm", "api");
    if (!Challenge.isPermitted(realm)) {
      config.problem("challenge.realm", "must be printable ASCII without \" and \\.");
    }
    return new ChallengeSettings(
        realm,
        config.flag("challenge.error-description", true),
        config.choice("challenge.body", Body.JSON),
        config.flag("challenge.advertise-scopes", metadata.isPresent()),
        config
            .url("challenge.resource-metadata", Set.of("https", "http"), "must be an absolute URL.")
            .or(() -> metadata));
  }
}
