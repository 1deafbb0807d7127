/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.oauth.TokenInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long an answer may be used: the shorter of the setting and the time left to {@code exp}. An
 * {@code exp} further away than any token lives (milliseconds for seconds, as a rule) does not
 * count. Safe for use by several threads.
 */
final class Lifetimes {

  private static final System.Logger LOG = System.getLogger(Lifetimes.class.getName());

  /** No access token lives that long. */
  private static final Duration IMPLAUSIBLE = Duration.ofDays(3653);

  private final CacheSettings settings;
  private final AtomicBoolean isImplausibleTold = new AtomicBoolean();
  private final AtomicBoolean isTooLongTold = new AtomicBoolean();

  Lifetimes(CacheSettings settings) {
    this.settings = settings;
  }

  /** How long from {@link TokenInfo#retrievedAt()} on, at most; zero or less means not at all. */
  Duration of(TokenInfo info) {
    if (!info.isActive()) {
      return settings.inactiveTimeToLive();
    }
    if (!settings.remembersActive()) {
      return Duration.ZERO;
    }
    Optional<Duration> left = plausibleTimeLeft(info);
    compareWithTokenLife(info);
    Duration own = settings.longest().or(() -> left).orElse(settings.defaultTimeToLive());
    return left.filter(time -> time.compareTo(own) < 0).orElse(own);
  }

  private Optional<Duration> plausibleTimeLeft(TokenInfo info) {
    Optional<Duration> left =
        info.expiresAt().map(exp -> Duration.between(info.retrievedAt(), exp));
    if (left.isPresent() && left.get().compareTo(IMPLAUSIBLE) > 0) {
      warn(isImplausibleTold, "The authorization server gives tokens an exp that is years away.");
      return Optional.empty();
    }
    return left;
  }

  private void compareWithTokenLife(TokenInfo info) {
    Optional<Duration> life =
        info.issuedAt().flatMap(iat -> info.expiresAt().map(exp -> Duration.between(iat, exp)));
    Optional<Duration> reuse = settings.timeToLive();
    if (life.isPresent() && reuse.isPresent() && life.get().compareTo(reuse.get()) <= 0) {
      warn(
          isTooLongTold,
          "cache.token-time-to-live should be below the lifetime of the tokens, and is not.");
    }
  }

  private static void warn(AtomicBoolean isTold, String text) {
    if (isTold.compareAndSet(false, true)) {
      LOG.log(System.Logger.Level.WARNING, text);
    }
  }
}
