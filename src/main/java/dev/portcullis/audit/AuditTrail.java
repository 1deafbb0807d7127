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
import java.util.function.LongSupplier;

/**
 * The one entrance to the audit trail. An entry is handed over without waiting; one that cannot be
 * recorded goes to the server log.
 *
 * <p>With {@code audit.on-failure = reject} no request is to be passed on while the trail does not
 * {@linkplain #admits() admit} any: while a sink is known to fail, or too many entries of requests
 * that were passed on wait already. Entries of those that are under way then are kept in any case.
 * What else is recorded waits beside them, so that no number of refusals uses up their places; and
 * it is with these entries that a sink is tried again, so that the trail recovers by itself. Safe
 * for use by several threads.
 */
public final class AuditTrail implements AutoCloseable {

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

  private final Optional<QueuedSink> queue;
  private final boolean strict;

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

  /** Whether a request may be passed on, as far as its entry is concerned. */
  public boolean admits() {
    return !strict || queue.filter(QueuedSink::isReady).isPresent();
  }

  /** Records an entry of a request that was passed on. */
  public void recordPassed(AuditEvent event) {
    queue.ifPresent(
        sink -> {
          if (strict) {
            sink.put(event);
          } else {
            sink.offerPassed(event);
          }
        });
  }

  /** Records any other entry. */
  public void record(AuditEvent event) {
    queue.ifPresent(sink -> sink.offer(event));
  }

  /** Writes what is still in the queue, for ten seconds at most, and closes the sinks. */
  @Override
  public void close() {
    queue.ifPresent(QueuedSink::close);
  }
}
