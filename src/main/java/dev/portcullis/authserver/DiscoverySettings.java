/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.ConfigReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the metadata of the authorization server is had (RFC 8414).
 *
 * @param issuer its issuer identifier, as it is written
 * @param refresh how often it is fetched anew
 * @param maxStale how long after its fetch it is used while it cannot be fetched anew
 */
public record DiscoverySettings(String issuer, Duration refresh, Duration maxStale) {

  static final String ISSUER = "as.issuer";
  private static final String DISCOVERY = "as.discovery";
  private static final String REFRESH = "as.discovery-refresh";
  private static final String MAX_STALE = "as.discovery-max-stale";

  /** As it is written: issuers are compared letter for letter (RFC 8414 section 3.3). */
  static Optional<String> issuer(ConfigReader reader) {
    String problem = "must be an https URL without query or fragment.";
    Optional<URI> issuer = reader.url(ISSUER, Set.of(EndpointUrl.HTTPS), problem);
    if (issuer
        .filter(url -> url.getRawQuery() != null || url.getRawFragment() != null)
        .isPresent()) {
      reader.problem(ISSUER, problem);
    }
    return issuer.map(URI::toString);
  }

  /** Whether endpoints that are not set come from the metadata. */
  static boolean isOn(ConfigReader reader) {
    boolean isOn = reader.flag(DISCOVERY, false);
    if (isOn && !reader.isSet(ISSUER)) {
      reader.problem(DISCOVERY, "requires as.issuer.");
    }
    return isOn;
  }

  /**
   * Reads the other settings.
   *
   * @param wanted whether there is something to fetch the metadata for
   */
  static Optional<DiscoverySettings> read(
      ConfigReader reader, Optional<String> issuer, boolean wanted) {
    Duration refresh = reader.seconds(REFRESH, 86_400, 60, 604_800);
    Duration maxStale = reader.seconds(MAX_STALE, 604_800, 0, 2_592_000);
    if (!wanted) {
      List.of(REFRESH, MAX_STALE).stream()
          .filter(reader::isSet)
          .forEach(key -> reader.warn(key, "has no effect: no metadata is fetched."));
    }
    return issuer.filter(set -> wanted).map(set -> new DiscoverySettings(set, refresh, maxStale));
  }
}
