/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import dev.portcullis.api.ReplayStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
  private final ConcurrentMap<String, Use> uses = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Ending> endings = new ConcurrentHashMap<>();
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
      Use earlier = uses.get(id);
      return earlier != null && earlier.end > now ? Outcome.REPLAY : Outcome.FULL;
    }
    Use use = new Use(id, secondAfter(until));
    if (uses.putIfAbsent(id, use) != null) {
      size.decrementAndGet();
      return Outcome.REPLAY;
    }
    boolean isAdded;
    do {
      isAdded = ending(use.end).add(use); // not if it was forgotten since it was looked up
    } while (!isAdded);
    return Outcome.FIRST_USE;
  }

  /** How many proofs it remembers. */
  public int size() {
    return size.get();
  }

  private static long secondAfter(Instant until) {
    return until.getNano() == 0 ? until.getEpochSecond() : until.getEpochSecond() + 1;
  }

  private Ending ending(Long second) {
    Ending ending = endings.get(second);
    return ending == null ? endings.computeIfAbsent(second, any -> new Ending()) : ending;
  }

  /** Forgets what has ended, once in a second. */
  private void forget(long now) {
    long last = lastLook.get();
    if (last == now || !lastLook.compareAndSet(last, now)) {
      return;
    }
    for (Long second : endings.keySet()) {
      if (second <= now) {
        Optional.ofNullable(endings.remove(second)).ifPresent(ending -> ending.end(this::drop));
      }
    }
  }

  private void drop(Use use) {
    if (uses.remove(use.id, use)) {
      size.decrementAndGet();
    }
  }

  /** That a proof was used. Its own list element, as there are a million of them. */
  private static final class Use {

    final String id;
    final long end;
    @Nullable Use before;

    Use(String id, long end) {
      this.id = id;
      this.end = end;
    }
  }

  /** What ends in one second. Safe for use by several threads. */
  private static final class Ending {

    private static final Use OVER = new Use("", Long.MIN_VALUE);

    private final AtomicReference<@Nullable Use> last = new AtomicReference<>();

    /** Adds a use, unless it is too late for that. */
    boolean add(Use use) {
      do {
        use.before = last.get();
      } while (use.before != OVER && !last.compareAndSet(use.before, use));
      return use.before != OVER;
    }

    /** Hands on what was added; nothing is from now on. */
    void end(Consumer<Use> each) {
      for (Use use = last.getAndSet(OVER); use != null; use = use.before) {
        each.accept(use);
      }
    }
  }
}
