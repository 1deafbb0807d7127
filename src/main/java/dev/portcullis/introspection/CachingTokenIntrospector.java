/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.oauth.TokenDigest;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.TokenIntrospector;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.oauth.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Remembers answers of the authorization server (RFC 7662 section 4): those about active tokens in
 * one store, those about inactive ones in another, so that invented tokens displace no good one. A
 * failure is never remembered, and an answer past its lifetime never used. Safe for use by several
 * threads.
 */
public final class CachingTokenIntrospector implements TokenIntrospector {

  private final TokenIntrospector source;
  private final CacheSettings settings;
  private final Lifetimes lifetimes;
  private final TokenCache active;
  private final TokenCache inactive;
  private final LongSupplier nanoTime;
  private final AtomicLong purges = new AtomicLong();

  /**
   * Makes an introspector; the stores stay their owner's to close.
   *
   * @param nanoTime a ticker that no one sets back, such as {@code System::nanoTime}
   */
  public CachingTokenIntrospector(
      TokenIntrospector source,
      CacheSettings settings,
      TokenCache active,
      TokenCache inactive,
      LongSupplier nanoTime) {
    this.source = source;
    this.settings = settings;
    this.lifetimes = new Lifetimes(settings);
    this.active = active;
    this.inactive = inactive;
    this.nanoTime = nanoTime;
  }

  @Override
  public Optional<TokenInfo> known(TokenQuery query) {
    return fresh(query).map(CachedAnswer::info);
  }

  @Override
  public TokenInfo introspect(TokenQuery query) throws UnavailableException {
    Optional<TokenInfo> known = known(query);
    return known.isPresent() ? known.get() : renew(query);
  }

  /** The answer that is remembered, if it may be used for the query. */
  Optional<CachedAnswer> fresh(TokenQuery query) {
    if (!settings.remembersActive() && !settings.remembersInactive()) {
      return Optional.empty();
    }
    CacheKey key = CacheKey.of(query);
    Optional<CachedAnswer> found = fresh(active, key, query.timeToLive());
    return found.isPresent() ? found : fresh(inactive, key, Optional.empty());
  }

  /** Whether it is time to ask for the next answer, before that one runs out. */
  boolean isEnding(CachedAnswer answer, TokenQuery query) {
    return answer.info().isActive()
        && answer.isEndingAt(nanoTime.getAsLong(), query.timeToLive(), settings.renewAhead());
  }

  boolean remembersActive() {
    return settings.remembersActive();
  }

  void purge() {
    purges.incrementAndGet();
    active.clear();
    inactive.clear();
  }

  void purge(TokenDigest token) {
    purges.incrementAndGet();
    active.removeAll(token);
    inactive.removeAll(token);
  }

  private Optional<CachedAnswer> fresh(
      TokenCache cache, CacheKey key, Optional<Duration> timeToLive) {
    Optional<CachedAnswer> answer = cache.get(key);
    return answer.isPresent() && answer.get().isFreshAt(nanoTime.getAsLong(), timeToLive)
        ? answer
        : Optional.empty();
  }

  /** Asks, whatever is remembered, and remembers the answer in its place. */
  TokenInfo renew(TokenQuery query) throws UnavailableException {
    long purgesBefore = purges.get();
    long askedAt = nanoTime.getAsLong();
    TokenInfo info = source.introspect(query);
    CacheKey key = CacheKey.of(query);
    if (!info.isActive()) {
      active.remove(key);
    }
    Duration lifetime = lifetimes.of(info);
    boolean isKept = lifetime.compareTo(Duration.ZERO) > 0 && !isOutdated(key, askedAt);
    if (isKept && purges.get() == purgesBefore) {
      (info.isActive() ? active : inactive).put(key, new CachedAnswer(info, askedAt, lifetime));
      forgetIfPurged(key, purgesBefore);
    }
    return info;
  }

  /** Whether somebody asked later and has his answer already: what was true before is not. */
  private boolean isOutdated(CacheKey key, long askedAt) {
    return Stream.of(active, inactive)
        .flatMap(cache -> cache.get(key).stream())
        .anyMatch(other -> other.isNewerThan(askedAt));
  }

  /** A purge that began meanwhile may have come too early for the answer just kept. */
  private void forgetIfPurged(CacheKey key, long purgesBefore) {
    if (purges.get() != purgesBefore) {
      active.remove(key);
      inactive.remove(key);
    }
  }
}
