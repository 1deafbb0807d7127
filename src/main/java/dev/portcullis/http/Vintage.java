/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.HttpHost;

/**
 * Which connections are too old to be used again: those opened before the last one to the same
 * target was found dead, and those past their age, so that a name which moved to another address is
 * followed. Safe for use by several threads.
 */
final class Vintage {

  private final Duration maxAge;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<HttpHost, Long> oldest = new ConcurrentHashMap<>();

  /**
   * Begins without any.
   *
   * @param maxAge zero for no limit
   */
  Vintage(Duration maxAge, LongSupplier nanoTime) {
    this.maxAge = maxAge;
    this.nanoTime = nanoTime;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** None that is open to that target now is used again. */
  void endWith(HttpHost target) {
    oldest.put(target, now());
  }

  boolean isPast(HttpHost target, long openedAt) {
    Long least = oldest.get(target);
    return (least != null && openedAt - least <= 0)
        || (!maxAge.isZero() && now() - openedAt >= maxAge.toNanos());
  }
}
