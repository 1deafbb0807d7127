/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a connection that was used before may say nothing. What lies between can forget it
 * without a word; then a server that answers in milliseconds is not waited for until the read
 * time-out, but for several times what answers took lately. Safe for use by several threads.
 */
final class Patience {

  private static final long LEAST = Duration.ofSeconds(1).toNanos();
  private static final int FACTOR = 4;
  private static final int MEMORY = 16;

  private final AtomicLong usual = new AtomicLong();

  /** An answer took that long; the longest of the last ones counts, less and less. */
  void answered(Duration took) {
    usual.accumulateAndGet(
        took.toNanos(), (before, now) -> Math.max(now, before - before / MEMORY));
  }

  /** How long to wait for a first octet, that time at most. */
  Duration atMost(Duration most) {
    long nanos = Math.max(LEAST, FACTOR * usual.get());
    return most.toNanos() < nanos ? most : Duration.ofNanos(nanos);
  }
}
