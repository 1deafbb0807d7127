/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A moment by which something must be done, on a clock that no one sets back. Safe for use by
 * several threads.
 */
public final class Deadline {

  private final LongSupplier nanoTime;
  private final long end;
  private boolean ended;
  private @Nullable Runnable guard;

  private Deadline(LongSupplier nanoTime, long end) {
    this.nanoTime = nanoTime;
    this.end = end;
  }

  /** The moment that comes that long from now, by a ticker such as {@code System::nanoTime}. */
  public static Deadline in(Duration time, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + time.toNanos());
  }

  /** Brings it forward to now: what is done by it ends at once. */
  public synchronized void end() {
    ended = true;
    if (guard != null) {
      guard.run();
    }
    guard = null;
  }

  /** What is to be done when it is brought forward, until that is said anew. */
  synchronized void guard(Runnable action) {
    guard = action;
    if (ended) {
      end();
    }
  }

  synchronized void unguard() {
    guard = null;
  }

  private synchronized boolean isEnded() {
    return ended;
  }

  /** What is left, never negative. */
  public Duration remaining() {
    if (isEnded()) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
  }

  /** Whether it has come. */
  public boolean hasPassed() {
    return isEnded() || end - nanoTime.getAsLong() <= 0;
  }
}
