/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.config.InvalidConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The one entrance to the audit trail. An entry is handed over without waiting; one that cannot be
 * recorded goes to the server log.
 *
 * <p>Before a request is passed on, room for its entry is to be reserved. With {@code
 * audit.on-failure = reject} that fails when the queue is full or a sink is known to fail, and the
 * request is to be answered with 503; unless requests have no entries at all. The entry of that
 * answer is recorded like any other: with it the sink is tried again, so that the trail recovers by
 * itself. Safe for use by several threads.
 */
public final class AuditTrail implements AutoCloseable {

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

  /** Room for one entry: either {@link #record} or {@link #release} is to be called on it, once. */
  public interface Reservation {

    /** Uses the room. */
    void record(AuditEvent event);

    /** Gives the room back. Does nothing when it was used. */
    void release();
  }

  private final Optional<QueuedSink> queue;
  private final boolean strict;
  private final Optional<Reservation> anyTime = Optional.of(new AnyTime());

  AuditTrail(Optional<QueuedSink> queue, boolean strict) {
    this.queue = queue;
    this.strict = strict && queue.isPresent();
  }

  /**
   * Opens the sinks and starts the background thread.
   *
   * @param filter the name of the filter, for the thread
   * @param files the audit files of the application that the filter belongs to
   * @throws InvalidConfigurationException if a sink cannot be opened
   */
  public static AuditTrail open(AuditSettings settings, String filter, AuditFiles files)
      throws InvalidConfigurationException {
    return open(settings, filter, files, System::nanoTime, DRAIN_LIMIT);
  }

  static AuditTrail open(
      AuditSettings settings,
      String filter,
      AuditFiles files,
      LongSupplier ticker,
      Duration drainLimit)
      throws InvalidConfigurationException {
    List<WatchedSink> sinks = new SinkOpening(settings, files, ticker).openAll();
    boolean strict = settings.requests() && settings.onFailure() == AuditSettings.OnFailure.REJECT;
    if (sinks.isEmpty()) {
      return new AuditTrail(Optional.empty(), strict);
    }
    LostEntries lost = new LostEntries("Audit queue", settings.format(), ticker);
    String thread = "portcullis-audit-" + filter;
    return new AuditTrail(
        Optional.of(new QueuedSink(thread, settings.queueSize(), sinks, lost, drainLimit)), strict);
  }

  /** Whether there is any sink; without one an entry need not even be made. */
  public boolean isOn() {
    return queue.isPresent();
  }

  /** Room for an entry, or nothing if the request must not be passed on. */
  public Optional<Reservation> reserve() {
    return strict ? queue.flatMap(AuditTrail::room) : anyTime;
  }

  /** Records an entry for which no room was reserved. */
  public void record(AuditEvent event) {
    if (queue.isPresent()) {
      queue.get().offer(event);
    }
  }

  /** Writes what is still in the queue, for ten seconds at most, and closes the sinks. */
  @Override
  public void close() {
    queue.ifPresent(QueuedSink::close);
  }

  private static Optional<Reservation> room(QueuedSink queue) {
    return queue.isHealthy() && queue.takePlace() ? Optional.of(new Room(queue)) : Optional.empty();
  }

  /** A place in the queue. */
  private static final class Room implements Reservation {

    private final QueuedSink queue;
    private final AtomicBoolean used = new AtomicBoolean();

    Room(QueuedSink queue) {
      this.queue = queue;
    }

    @Override
    public void record(AuditEvent event) {
      if (used.getAndSet(true)) {
        queue.offer(event);
      } else {
        queue.put(event);
      }
    }

    @Override
    public void release() {
      if (!used.getAndSet(true)) {
        queue.giveBackPlace();
      }
    }
  }

  /** No place, but the promise that the request goes on whatever happens to its entry. */
  private final class AnyTime implements Reservation {

    @Override
    public void record(AuditEvent event) {
      AuditTrail.this.record(event);
    }

    @Override
    public void release() {}
  }
}
