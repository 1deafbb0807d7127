/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.config.ConfigReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered, and for how long: {@code cache.*}.
 *
 * @param remembersActive whether answers about active tokens are kept
 * @param timeToLive longest time such an answer is used where no rule says otherwise; unlimited
 *     means up to the token's {@code exp}
 * @param longest longest time such an answer is used anywhere
 * @param defaultTimeToLive how long, if the answer has no {@code exp} and the time is unlimited
 * @param inactiveTimeToLive how long an answer about an inactive token is kept
 * @param maxEntries how many answers are kept
 * @param maxSize how many octets they may take
 * @param renewAhead percent of an answer's life that are its last part, in which use renews it
 */
public record CacheSettings(
    boolean remembersActive,
    Optional<Duration> timeToLive,
    Optional<Duration> longest,
    Duration defaultTimeToLive,
    Duration inactiveTimeToLive,
    int maxEntries,
    long maxSize,
    int renewAhead) {

  private static final long MEGA = 1 << 20;

  private static final String TOKENS = "cache.tokens";
  private static final String RENEW_AHEAD = "cache.renew-ahead";

  /** Reads the settings. */
  public static CacheSettings read(ConfigReader config) {
    boolean remembersActive = config.flag(TOKENS, false);
    Optional<Duration> timeToLive =
        config.secondsOrUnlimited("cache.token-time-to-live", Optional.empty());
    if (!remembersActive && config.isSet(RENEW_AHEAD)) {
      config.warn(RENEW_AHEAD, "has no effect unless " + TOKENS + " is true.");
    }
    return new CacheSettings(
        remembersActive,
        timeToLive,
        timeToLive,
        config.seconds("cache.default-time-to-live", 60, 0, 86_400),
        config.seconds("cache.inactive-time-to-live", remembersActive ? 5 : 0, 0, 300),
        config.integer("cache.max-entries", 10_000, 1, 10_000_000),
        config.octets("cache.max-size", 64 * MEGA, MEGA, 16_384 * MEGA),
        config.integer(RENEW_AHEAD, 10, 0, 50));
  }

  /** The same, for answers that are used in several places, in each for another time. */
  public CacheSettings usedFor(Collection<Optional<Duration>> times) {
    List<Optional<Duration>> all = new ArrayList<>(times);
    all.add(longest);
    boolean isUnlimited = all.stream().anyMatch(Optional::isEmpty);
    Optional<Duration> most = all.stream().flatMap(Optional::stream).max(Duration::compareTo);
    return new CacheSettings(
        remembersActive,
        timeToLive,
        isUnlimited ? Optional.empty() : most,
        defaultTimeToLive,
        inactiveTimeToLive,
        maxEntries,
        maxSize,
        renewAhead);
  }

  /** Whether answers about inactive tokens are kept. */
  boolean remembersInactive() {
    return !inactiveTimeToLive.isZero();
  }
}
