/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded queue in front of the sinks, and the one thread that empties it. Requests that were
 * passed on and all other entries have as many places each, so that neither uses up the other's. A
 * place is free again when every sink has had the entry, so the bound covers what a hanging sink
 * holds. Putting an entry never waits: the thread looks for entries by itself every few
 * milliseconds and is woken only when it was idle for long or the queue fills. Safe for use by
 * several threads.
 */
final class QueuedSink implements AutoCloseable {

  private static final int BATCH = 64;
  private static final long NAP = Duration.ofMillis(5).toNanos();
  private static final int NAPS_BEFORE_SLEEP = 200;

  private static final Duration LAST_WORD = Duration.ofSeconds(1);

  private static final int AWAKE = 0;
  private static final int NAPPING = 1;
  private static final int ASLEEP = 2;

  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger state = new AtomicInteger(AWAKE);
  private final Places passed;
  private final Places others;
  private final List<WatchedSink> sinks;
  private final LostEntries lost;
  private final Duration drainLimit;
  private final Thread writer;
  private volatile List<Waiting> batch = List.of();
  private volatile boolean closing;
  private volatile boolean abandoned;
  private volatile boolean finished;
  private int naps;

  /**
   * Makes the queue and starts its thread, which has the context class loader of the caller: a
   * thread that inherits no thread locals would have another one from Java 21 on.
   *
   * @param lost where entries go for which there is no room, or no time left at the end
   * @param drainLimit how long {@link #close()} may take to write what is still in the queue; a
   *     second more is given to a sink that hangs to come back from the interruption
   */
  QueuedSink(
      String threadName, int size, List<WatchedSink> sinks, LostEntries lost, Duration drainLimit) {
    this.passed = new Places(size);
    this.others = new Places(size);
    this.sinks = List.copyOf(sinks);
    this.lost = lost;
    this.drainLimit = drainLimit;
    this.writer = new Thread(null, this::run, threadName, 0, false);
    writer.setDaemon(true);
    writer.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    writer.start();
  }

  /** An entry in its place. */
  private record Waiting(AuditEvent entry, Places places) {}

  /**
   * Whether a request may be passed on: it is open, its thread lives, every sink took what it was
   * last given, and there is a place. None is taken: the request may be under way for hours.
   */
  boolean isReady() {
    for (WatchedSink sink : sinks) {
      if (sink.isFailing()) {
        return false;
      }
    }
    return !closing && writer.isAlive() && passed.isAnyFree();
  }

  /** Puts the entry of a request that was passed on, whether there is a place or not. */
  void put(AuditEvent entry) {
    passed.takeOneMore();
    add(entry, passed);
  }

  /** Puts the entry of a request that was passed on where there is a place, else into the log. */
  void offerPassed(AuditEvent entry) {
    offer(entry, passed);
  }

  /** Puts any other entry where there is a place, else into the server log. */
  void offer(AuditEvent entry) {
    offer(entry, others);
  }

  private void offer(AuditEvent entry, Places places) {
    if (places.take()) {
      add(entry, places);
    } else {
      lost.report("it is full", List.of(entry));
    }
  }

  private void add(AuditEvent entry, Places places) {
    Waiting waiting = new Waiting(entry, places);
    queue.add(waiting);
    if (finished && queue.remove(waiting)) {
      lost.report("it is closed", List.of(entry));
    }
    wakeIfNeeded();
  }

  /** Writes what is in the queue, ends the thread and closes the sinks, in bounded time. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    if (!ends(drainLimit)) {
      abandoned = true;
      writer.interrupt();
      ends(LAST_WORD);
    }
    finished = true;
    List<Waiting> left = new ArrayList<>(batch);
    drainTo(left, Integer.MAX_VALUE);
    if (!left.isEmpty()) {
      lost.report("a sink did not take everything before the end", entries(left));
    }
  }

  /** Waits for the thread to end; an interrupted caller waits no longer. */
  private boolean ends(Duration limit) {
    try {
      writer.join(Math.max(1, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !writer.isAlive();
  }

  private void run() {
    try {
      while (!abandoned && (writeBatch() || !closing)) {
        restIfIdle();
      }
    } finally {
      sinks.forEach(WatchedSink::close);
    }
  }

  private boolean writeBatch() {
    List<Waiting> taken = new ArrayList<>();
    drainTo(taken, BATCH);
    if (taken.isEmpty()) {
      return false;
    }
    batch = taken;
    List<AuditEvent> entries = entries(taken);
    sinks.forEach(sink -> deliver(sink, entries));
    batch = List.of();
    taken.forEach(waiting -> waiting.places().giveBack());
    naps = 0;
    return true;
  }

  /** What not even the server log takes must not end the thread, nor keep other sinks waiting. */
  private void deliver(WatchedSink sink, List<AuditEvent> entries) {
    try {
      sink.deliver(entries);
    } catch (RuntimeException | Error fault) {
      // The server log failed, too: nobody is left to tell. The sink counts as failing.
    }
  }

  private void drainTo(List<Waiting> taken, int most) {
    while (taken.size() < most) {
      Waiting next = queue.poll();
      if (next == null) {
        return;
      }
      taken.add(next);
    }
  }

  private static List<AuditEvent> entries(List<Waiting> taken) {
    return taken.stream().map(Waiting::entry).toList();
  }

  /** The state is set before the queue is looked at: an entry put in between finds it and wakes. */
  private void restIfIdle() {
    boolean asleep = naps >= NAPS_BEFORE_SLEEP;
    state.set(asleep ? ASLEEP : NAPPING);
    if (queue.isEmpty() && !closing) {
      naps++;
      park(asleep);
    }
    state.set(AWAKE);
  }

  /** A sink may have left the thread interrupted, and then it would not park. */
  private void park(boolean asleep) {
    if (Thread.interrupted() && abandoned) {
      return;
    }
    if (asleep) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, NAP);
    }
  }

  private void wakeIfNeeded() {
    int was = state.get();
    boolean needed =
        was == ASLEEP || (was == NAPPING && (passed.areHalfTaken() || others.areHalfTaken()));
    if (needed && state.compareAndSet(was, AWAKE)) {
      LockSupport.unpark(writer);
    }
  }
}
