/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import dev.portcullis.api.ReplayStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The used proofs of this node, exact and bounded: nothing is forgotten before its time, and when
 * it is full nothing more is admitted. What ends in the same second is forgotten together, by
 * whoever comes next.
 *
 * <p>Time has passed once it has by the clock of the machine, which can be set, and by one that no
 * one sets: a clock that is set forward and back lets nothing be forgotten. A proof that would be
 * good again after a longer detour of the clock is none that can be told to be new. Safe for use by
 * several threads.
 */
public final class LocalReplayStore implements ReplayStore {

  private static final System.Logger LOG = System.getLogger(LocalReplayStore.class.getName());
  private static final long NANOS = 1_000_000_000;

  private final int maxEntries;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final AtomicInteger size = new AtomicInteger();
  private final ConcurrentMap<String, Use> uses = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Ending> endings = new ConcurrentHashMap<>();
  private final AtomicLong lastLook = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong lastForgotten = new AtomicLong(Long.MIN_VALUE);
  private final AtomicBoolean isToldAlready = new AtomicBoolean();

  /**
   * Makes an empty one.
   *
   * @param maxEntries how many proofs it remembers at most
   * @param clock what time it is, as proofs are judged by it
   * @param nanoTime the clock that no one sets
   */
  public LocalReplayStore(int maxEntries, InstantSource clock, LongSupplier nanoTime) {
    this.maxEntries = maxEntries;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the clock was set back so far that what was forgotten already
   *     would be good again
   */
  @Override
  public Outcome register(String id, Instant until) {
    long now = clock.instant().getEpochSecond();
    long elapsed = Math.floorDiv(nanoTime.getAsLong(), NANOS);
    forget(now, elapsed);
    if (size.incrementAndGet() > maxEntries) {
      size.decrementAndGet();
      return uses.containsKey(id) ? Outcome.REPLAY : Outcome.FULL;
    }
    Use use = new Use(id, secondAfter(until));
    if (uses.putIfAbsent(id, use) != null) {
      size.decrementAndGet();
      return Outcome.REPLAY;
    }
    long rest = use.end - now;
    boolean isAdded;
    do {
      isAdded = ending(use.end).add(use, elapsed + rest); // not if it was forgotten meanwhile
    } while (!isAdded);
    checkClock(use.end);
    return Outcome.FIRST_USE;
  }

  /** What ends in a second that was forgotten before has ended, unless the clock was set back. */
  private void checkClock(long end) {
    if (end <= lastForgotten.get() && end > clock.instant().getEpochSecond()) {
      if (isToldAlready.compareAndSet(false, true)) {
        LOG.log(
            System.Logger.Level.ERROR,
            "The clock of this machine was set back. Requests with DPoP proofs that could have been"
                + " used before are answered 503, until the time comes again that it was.");
      }
      throw new IllegalStateException("the clock was set back");
    }
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

  /** Forgets what has ended by both clocks, once in a second. */
  private void forget(long now, long elapsed) {
    long last = lastLook.get();
    if (last == now || !lastLook.compareAndSet(last, now)) {
      return;
    }
    endings.forEach(
        (second, ending) -> {
          if (second <= now && ending.isOverAt(elapsed) && endings.remove(second, ending)) {
            lastForgotten.accumulateAndGet(second, Math::max); // before anything can be missed
            ending.end(this::drop);
          }
        });
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
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

    /** Whether all that ends then has ended by the clock that no one sets, too. */
    boolean isOverAt(long elapsed) {
      return latest.get() <= elapsed;
    }

    /** Adds a use that ends then by the clock that no one sets, unless it is too late for that. */
    boolean add(Use use, long elapsedEnd) {
      latest.accumulateAndGet(elapsedEnd, Math::max);
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
