/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.access.AccessSettings.Usage;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.dpop.DpopSettings;
import java.time.Duration;
import java.util.Optional;

/** All that {@link ResourceServer} needs to know. */
public record ResourceServerSettings(
    AccessSettings access,
    AudienceParameter audience,
    IdentitySettings identity,
    ChallengeSettings challenge,
    DpopSettings dpop,
    Optional<ResourceMetadata> metadata) {

  /**
   * Reads the settings.
   *
   * @param issuer the issuer identifier of the authorization server, if it is known
   * @param timeToLive how old a remembered answer may be where no rule says otherwise
   * @param demandsBinding whether every token must be bound to a key or a certificate
   */
  public static ResourceServerSettings read(
      ConfigReader config,
      Optional<String> issuer,
      Optional<Duration> timeToLive,
      boolean demandsBinding) {
    Usage usage = Usage.read(config, timeToLive);
    AccessSettings access = AccessSettings.read(config, issuer, usage, demandsBinding);
    AudienceParameter audience = AudienceParameter.read(config);
    Optional<ResourceMetadata> metadata = ResourceMetadata.read(config, issuer);
    return new ResourceServerSettings(
        access,
        audience,
        IdentitySettings.read(config),
        ChallengeSettings.read(config, metadata.map(ResourceMetadata::location)),
        DpopSettings.read(config, access.acceptsDpop(), audience.baseUrls()),
        metadata);
  }
}
