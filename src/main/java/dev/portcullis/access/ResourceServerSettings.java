/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.dpop.DpopSettings;
import java.util.Optional;

/** All that {@link ResourceServer} needs to know. */
public record ResourceServerSettings(
    AccessSettings access,
    AudienceParameter audience,
    IdentitySettings identity,
    ChallengeSettings challenge,
    DpopSettings dpop) {

  /**
   * Reads the settings.
   *
   * @param issuer the issuer identifier of the authorization server, if it is known
   */
  public static ResourceServerSettings read(ConfigReader config, Optional<String> issuer) {
    AccessSettings access = AccessSettings.read(config, issuer);
    AudienceParameter audience = AudienceParameter.read(config);
    return new ResourceServerSettings(
        access,
        audience,
        IdentitySettings.read(config),
        ChallengeSettings.read(config),
        DpopSettings.read(config, audience.baseUrls()));
  }
}
