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
 * An answer and how long it may be used, by a clock that no one sets back. Its age counts from when
 * the question was asked, so that a slow answer is not fresher than it is. Safe for use by several
 * threads.
 */
public final class CachedAnswer {

  private final TokenInfo info;
  private final long askedAt;
  private final Duration lifetime;
  private final AnswerSize size;
  private final AtomicBoolean isRenewed = new AtomicBoolean();

  /**
   * Makes an answer to keep.
   *
   * @param info the answer
   * @param askedAt reading of the nanosecond ticker when the question was asked
   * @param lifetime how long it may be used from then on
   */
  public CachedAnswer(TokenInfo info, long askedAt, Duration lifetime) {
    this.info = info;
    this.askedAt = askedAt;
    this.lifetime = lifetime;
    this.size = AnswerSize.of(info.response());
  }

  /** The answer. */
  public TokenInfo info() {
    return info;
  }

  /** Octets of its JSON text, without white space. */
  public long size() {
    return size.octets();
  }

  /** About how many octets of the heap it takes. */
  public long weight() {
    return size.weight();
  }

  /** Whether it may not be used anywhere any more at that reading of the ticker. */
  public boolean isOverAt(long nanoTime) {
    return nanoTime - askedAt >= lifetime.toNanos();
  }

  /** Whether it was asked for after that reading of the ticker. */
  boolean isNewerThan(long then) {
    return askedAt - then > 0;
  }

  /**
   * Whether it may be used at that reading of the ticker.
   *
   * @param timeToLive how old it may be where it is used
   */
  boolean isFreshAt(long nanoTime, Optional<Duration> timeToLive) {
    return nanoTime - askedAt < life(timeToLive);
  }

  /**
   * Whether the last part of its life has begun. Not where the token itself ends with it: then a
   * new answer would live no longer.
   *
   * @param timeToLive how old it may be where it is used
   * @param percent of its life that are the last part
   */
  boolean isEndingAt(long nanoTime, Optional<Duration> timeToLive, int percent) {
    long life = life(timeToLive);
    return nanoTime - askedAt >= life - life / 100 * percent && isOutlivedByToken(life);
  }

  private boolean isOutlivedByToken(long life) {
    return info.expiresAt()
        .map(exp -> Duration.between(info.retrievedAt(), exp).compareTo(Duration.ofNanos(life)) > 0)
        .orElse(true);
  }

  private long life(Optional<Duration> timeToLive) {
    long own = lifetime.toNanos();
    return timeToLive.isPresent() ? Math.min(own, timeToLive.get().toNanos()) : own;
  }

  /** True for the first caller, who may ask for the next answer; one that fails is not repeated. */
  boolean claimRenewal() {
    return !isRenewed.get() && isRenewed.compareAndSet(false, true);
  }

  /** Who claimed it could not ask. */
  void releaseRenewal() {
    isRenewed.set(false);
  }
}
