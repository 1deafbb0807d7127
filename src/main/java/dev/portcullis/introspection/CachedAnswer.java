/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.oauth.TokenInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer and how long it may be used, by a clock that no one sets back. Its age counts from when
 * the question was asked, so that a slow answer is not fresher than it is. Immutable.
 *
 * @param info the answer
 * @param askedAt reading of the nanosecond ticker when the question was asked
 * @param lifetime how long it may be used from then on
 */
public record CachedAnswer(TokenInfo info, long askedAt, Duration lifetime) {

  /**
   * Whether it may be used at that reading of the ticker.
   *
   * @param timeToLive how old it may be where it is used
   */
  boolean isFreshAt(long nanoTime, Optional<Duration> timeToLive) {
    long age = nanoTime - askedAt;
    return age < lifetime.toNanos() && (timeToLive.isEmpty() || age < timeToLive.get().toNanos());
  }
}
