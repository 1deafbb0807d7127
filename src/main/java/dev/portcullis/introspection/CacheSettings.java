/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.config.ConfigReader;
import java.time.Duration;
import java.util.Optional;

/**
 * What is remembered, and for how long: {@code cache.*}.
 *
 * @param remembersActive whether answers about active tokens are kept
 * @param timeToLive longest time such an answer is kept; unlimited means up to the token's {@code
 *     exp}
 * @param defaultTimeToLive how long, if the answer has no {@code exp} and the time is unlimited
 * @param inactiveTimeToLive how long an answer about an inactive token is kept
 * @param maxEntries how many answers are kept
 */
public record CacheSettings(
    boolean remembersActive,
    Optional<Duration> timeToLive,
    Duration defaultTimeToLive,
    Duration inactiveTimeToLive,
    int maxEntries) {

  /** Reads the settings. */
  public static CacheSettings read(ConfigReader config) {
    boolean remembersActive = config.flag("cache.tokens", false);
    return new CacheSettings(
        remembersActive,
        config.secondsOrUnlimited("cache.token-time-to-live"),
        config.seconds("cache.default-time-to-live", 60, 0, 86_400),
        config.seconds("cache.inactive-time-to-live", remembersActive ? 5 : 0, 0, 300),
        config.integer("cache.max-entries", 10_000, 1, 10_000_000));
  }

  /** Whether answers about inactive tokens are kept. */
  boolean remembersInactive() {
    return !inactiveTimeToLive.isZero();
  }
}
