/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells the log of faults in the filter: the first at once, then one in ten seconds with the number
 * of those between, since whoever can cause one can cause many. Names the place and never the
 * message, which could repeat what a request contained. Safe for use by several threads.
 */
final class Faults {

  private static final System.Logger LOG = System.getLogger(Faults.class.getName());

  private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

  private final LongSupplier nanoTime;
  private boolean isTold;
  private long toldAt;
  private long untold;

  Faults(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What a step results in, or nothing if anything at all goes wrong. */
  <T> Optional<T> attempt(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (RuntimeException | Error fault) {
      report(fault);
      return Optional.empty();
    }
  }

  synchronized void report(Throwable fault) {
    long now = nanoTime.getAsLong();
    if (isTold && now - toldAt < INTERVAL) {
      untold++;
      return;
    }
    StackTraceElement[] trace = fault.getStackTrace();
    LOG.log(
        System.Logger.Level.ERROR,
        "A request was refused because of a fault in the filter: {0} at {1} ({2} more since the last)",
        fault.getClass().getName(),
        trace.length == 0 ? "an unknown place" : trace[0],
        untold);
    isTold = true;
    toldAt = now;
    untold = 0;
  }
}
