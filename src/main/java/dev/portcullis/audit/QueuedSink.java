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
 * A bounded queue in front of the sinks, and the one thread that empties it. A place in the queue
 * is taken before an entry is put there and is free again when every sink has had the entry, so the
 * bound covers what a hanging sink holds. Putting an entry never waits: the thread looks for
 * entries by itself every few milliseconds and is woken only when it was idle for long or the queue
 * fills. Safe for use by several threads.
 */
final class QueuedSink implements AutoCloseable {

  private static final int BATCH = 64;
  private static final long NAP = Duration.ofMillis(5).toNanos();
  private static final int NAPS_BEFORE_SLEEP = 200;

  private static final Duration LAST_WORD = Duration.ofSeconds(1);

  private static final int AWAKE = 0;
  private static final int NAPPING = 1;
  private static final int ASLEEP = 2;

  private final Queue<AuditEvent> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger state = new AtomicInteger(AWAKE);
  private final AtomicInteger free;
  private final int size;
  private final List<WatchedSink> sinks;
  private final LostEntries lost;
  private final Duration drainLimit;
  private final Thread writer;
  private volatile List<AuditEvent> batch = List.of();
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
    this.size = size;
    this.free = new AtomicInteger(size);
    this.sinks = List.copyOf(sinks);
    this.lost = lost;
    this.drainLimit = drainLimit;
    this.writer = new Thread(null, this::run, threadName, 0, false);
    writer.setDaemon(true);
    writer.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    writer.start();
  }

  /** Whether it is open, its thread lives, and every sink took what it was last given. */
  boolean isHealthy() {
    for (WatchedSink sink : sinks) {
      if (sink.isFailing()) {
        return false;
      }
    }
    return !closing && writer.isAlive();
  }

  /** Takes a place, to be used by {@link #put} or given back, unless there is none. */
  boolean takePlace() {
    for (int places = free.get(); places > 0; places = free.get()) {
      if (free.compareAndSet(places, places - 1)) {
        return true;
      }
    }
    return false;
  }

  /** Gives a place back that was not used. */
  void giveBackPlace() {
    free.incrementAndGet();
  }

  /** Puts an entry into a place that was taken. */
  void put(AuditEvent entry) {
    queue.add(entry);
    if (finished && queue.remove(entry)) {
      lost.report("it is closed", List.of(entry));
    }
    wakeIfNeeded();
  }

  /** Puts an entry where there is a place, else into the server log. */
  void offer(AuditEvent entry) {
    if (takePlace()) {
      put(entry);
    } else {
      lost.report("it is full", List.of(entry));
    }
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
    List<AuditEvent> left = new ArrayList<>(batch);
    drainTo(left, Integer.MAX_VALUE);
    if (!left.isEmpty()) {
      lost.report("a sink did not take everything before the end", left);
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
    List<AuditEvent> entries = new ArrayList<>();
    drainTo(entries, BATCH);
    if (entries.isEmpty()) {
      return false;
    }
    batch = entries;
    sinks.forEach(sink -> deliver(sink, entries));
    batch = List.of();
    free.addAndGet(entries.size());
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

  private void drainTo(List<AuditEvent> entries, int most) {
    while (entries.size() < most) {
      AuditEvent entry = queue.poll();
      if (entry == null) {
        return;
      }
      entries.add(entry);
    }
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
    boolean needed = was == ASLEEP || (was == NAPPING && free.get() <= size / 2);
    if (needed && state.compareAndSet(was, AWAKE)) {
      LockSupport.unpark(writer);
    }
  }
}
