/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so, and when a client waits. */
final class ManualTime {

  static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
  private final long start = nanos.get();
  private final List<Duration> pauses = new ArrayList<>();
  private boolean interrupted;

  /** Lets time pass. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  long nanoTime() {
    return nanos.get();
  }

  /** Interrupts the next wait. */
  void interruptNextPause() {
    interrupted = true;
  }

  /** The waits of clients so far. */
  List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  Timing timing() {
    return new Timing(() -> START.plusNanos(nanos.get() - start), nanos::get, this::pause);
  }

  private void pause(Duration time) throws InterruptedException {
    if (interrupted) {
      interrupted = false;
      throw new InterruptedException("by the test");
    }
    pauses.add(time);
    pass(time);
  }
}
