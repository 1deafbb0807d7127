/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import dev.portcullis.api.ReplayStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The used proofs of this node, exact and bounded: nothing is forgotten before its time, and when
 * it is full nothing more is admitted. What ends in the same second is forgotten together, by
 * whoever comes next. Safe for use by several threads.
 */
public final class LocalReplayStore implements ReplayStore {

  private final int maxEntries;
  private final InstantSource clock;
  private final AtomicInteger size = new AtomicInteger();
  private final ConcurrentMap<String, Long> ends = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Queue<String>> endingAt = new ConcurrentHashMap<>();
  private final AtomicLong lastLook = new AtomicLong(Long.MIN_VALUE);

  /**
   * Makes an empty one.
   *
   * @param maxEntries how many proofs it remembers at most
   */
  public LocalReplayStore(int maxEntries, InstantSource clock) {
    this.maxEntries = maxEntries;
    this.clock = clock;
  }

  @Override
  public Outcome register(String id, Instant until) {
    long now = clock.instant().getEpochSecond();
    forget(now);
    if (size.incrementAndGet() > maxEntries) {
      size.decrementAndGet();
      return ends.getOrDefault(id, Long.MIN_VALUE) > now ? Outcome.REPLAY : Outcome.FULL;
    }
    long end = secondAfter(until);
    boolean isFirst = ends.putIfAbsent(id, end) == null;
    if (isFirst) {
      endingAt.compute(end, (second, ids) -> with(id, ids));
    } else {
      size.decrementAndGet();
    }
    return isFirst ? Outcome.FIRST_USE : Outcome.REPLAY;
  }

  /** How many proofs it remembers. */
  public int size() {
    return size.get();
  }

  private static long secondAfter(Instant until) {
    return until.getNano() == 0 ? until.getEpochSecond() : until.getEpochSecond() + 1;
  }

  private static Queue<String> with(String id, @Nullable Queue<String> ids) {
    Queue<String> queue = ids == null ? new ConcurrentLinkedQueue<>() : ids;
    queue.add(id);
    return queue;
  }

  /** Forgets what has ended, once in a second. */
  private void forget(long now) {
    long last = lastLook.get();
    if (last == now || !lastLook.compareAndSet(last, now)) {
      return;
    }
    for (Long end : endingAt.keySet()) {
      if (end <= now) {
        Optional.ofNullable(endingAt.remove(end))
            .ifPresent(ids -> ids.forEach(id -> drop(id, end)));
      }
    }
  }

  private void drop(String id, Long end) {
    if (ends.remove(id, end)) {
      size.decrementAndGet();
    }
  }
}
