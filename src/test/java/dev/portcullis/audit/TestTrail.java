/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Makes audit trails over given sinks, with a clock that stands still. */
final class TestTrail {

  private static final AtomicLong NUMBER = new AtomicLong();

  final String thread = "portcullis-audit-test-" + NUMBER.incrementAndGet();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private int queueSize = 10_000;
  private boolean strict;
  private Duration drainLimit = Duration.ofSeconds(10);

  TestTrail queueSize(int size) {
    queueSize = size;
    return this;
  }

  /** {@code audit.on-failure = reject}. */
  TestTrail rejecting() {
    strict = true;
    return this;
  }

  TestTrail drainLimit(Duration limit) {
    drainLimit = limit;
    return this;
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  AuditTrail over(AuditSink... sinks) {
    List<WatchedSink> watched = new ArrayList<>();
    for (AuditSink sink : sinks) {
      watched.add(new WatchedSink(sink, lost("Audit sink 'test'")));
    }
    LostEntries lost = lost("Audit queue");
    QueuedSink queue = new QueuedSink(thread, queueSize, watched, lost, drainLimit);
    return new AuditTrail(Optional.of(queue), strict);
  }

  LostEntries lost(String what) {
    return new LostEntries(what, AuditFormat.JSON, nanos::get);
  }

  boolean isThreadAlive() {
    return thread(thread).isPresent();
  }

  static Optional<Thread> thread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findAny();
  }
}
