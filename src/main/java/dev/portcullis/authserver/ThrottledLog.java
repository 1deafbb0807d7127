/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Logs the first occurrence of a kind at once and then at most one line in ten seconds, with the
 * number of those that were left out: an outage must not fill the disk. The kinds must be few. Safe
 * for use by several threads.
 */
final class ThrottledLog {

  private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

  private record Written(long at, long leftOut) {}

  private final Logger logger;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<String, Written> kinds = new ConcurrentHashMap<>();

  ThrottledLog(Logger logger, LongSupplier nanoTime) {
    this.logger = logger;
    this.nanoTime = nanoTime;
  }

  void log(Level level, String kind, String text) {
    long now = nanoTime.getAsLong();
    long[] leftOut = {-1};
    kinds.compute(
        kind,
        (key, last) -> {
          if (last != null && now - last.at() < INTERVAL) {
            return new Written(last.at(), last.leftOut() + 1);
          }
          leftOut[0] = last == null ? 0 : last.leftOut();
          return new Written(now, 0);
        });
    if (leftOut[0] >= 0) {
      String more = leftOut[0] == 0 ? "" : " (" + leftOut[0] + " more since the last such line)";
      logger.log(level, text + more);
    }
  }
}
