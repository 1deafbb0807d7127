/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.authserver.AuthorizationServerException.Kind;
import dev.portcullis.http.Deadline;
import dev.portcullis.threads.BackgroundThreads;
import dev.portcullis.threads.Repeated;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps the metadata of the authorization server. It is fetched anew from time to time, after a
 * failure sooner. What was fetched is swapped as a whole; while it cannot be fetched anew it is
 * used for a bounded time, and then nothing is. Attempts are for one thread at a time, all else is
 * safe for use by several threads.
 */
final class MetadataRefresh implements AutoCloseable {

  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 5;

  private final DiscoverySettings settings;
  private final EndpointSettings wanted;
  private final MetadataFetcher fetcher;
  private final MetadataEvents events;
  private final Duration timeout;
  private final BackgroundThreads threads = new BackgroundThreads("portcullis-metadata");
  private final Timing.Pause pause;
  private final LongSupplier nanoTime;
  private volatile State state = new State(Optional.empty(), 0, DiscoverySettings.ISSUER, 0);
  private volatile boolean closed;
  private Duration next = Duration.ZERO;

  /** A good document and what follows from it. */
  private record Kept(ServerMetadata metadata, Endpoints endpoints, long fetchedAt) {}

  /**
   * All that is known at a moment.
   *
   * @param failures attempts in a row that have failed
   * @param setting key of the setting to look at after a failure
   * @param nextAttempt when the next attempt is made
   */
  private record State(Optional<Kept> kept, int failures, String setting, long nextAttempt) {}

  MetadataRefresh(
      DiscoverySettings settings,
      EndpointSettings wanted,
      MetadataFetcher fetcher,
      MetadataEvents events,
      Duration timeout,
      Timing timing) {
    this.settings = settings;
    this.wanted = wanted;
    this.fetcher = fetcher;
    this.events = events;
    this.timeout = timeout;
    this.pause = timing.pause();
    this.nanoTime = timing.nanoTime();
  }

  /** Tries once to fetch it; returns when to try again. */
  Duration attempt() {
    Optional<Kept> before = state.kept();
    try {
      ServerMetadata found = fetcher.fetch(Deadline.in(timeout, nanoTime));
      Endpoints endpoints = wanted.with(found);
      long now = nanoTime.getAsLong();
      state =
          new State(
              Optional.of(new Kept(found, endpoints, now)),
              0,
              DiscoverySettings.ISSUER,
              now + settings.refresh().toNanos());
      events.fetched(before.map(Kept::metadata), found);
      return settings.refresh();
    } catch (DocumentException e) {
      return failed(e);
    } catch (RuntimeException | Error e) {
      return failed(new DocumentException(e.getClass().getName(), DiscoverySettings.ISSUER));
    }
  }

  private Duration failed(DocumentException failure) {
    State before = state;
    Duration wait = backOff(before.failures());
    state =
        new State(
            before.kept(),
            before.failures() + 1,
            failure.setting(),
            nanoTime.getAsLong() + wait.toNanos());
    if (!closed) {
      events.failed(failure, usable(state).isPresent());
    }
    return wait;
  }

  private static Duration backOff(int failures) {
    Duration wait = Duration.ofSeconds(1L << Math.min(failures, MOST_DOUBLINGS));
    return wait.compareTo(LONGEST_BACK_OFF) < 0 ? wait : LONGEST_BACK_OFF;
  }

  /** Goes on by itself from now on. */
  void keepFresh(Duration first) {
    threads.newThread(() -> refresh(first)).start();
  }

  private void refresh(Duration first) {
    try {
      Repeated attempt = new Repeated("Fetching metadata", () -> next = attempt());
      for (next = first; !closed; attempt.run()) {
        Duration wait = next;
        next = LONGEST_BACK_OFF; // where not even the failure can be told
        pause.pause(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** The metadata, while there is any that may be used. */
  Optional<ServerMetadata> metadata() {
    return usable(state).map(Kept::metadata);
  }

  /** The endpoints that follow from it, while there is any that may be used. */
  Endpoints endpoints() throws AuthorizationServerException {
    State now = state;
    Optional<Kept> usable = usable(now);
    if (usable.isEmpty() && !wanted.wantsIntrospection()) {
      return wanted.with(ServerMetadata.NONE);
    }
    if (usable.isEmpty()) {
      throw new AuthorizationServerException(Kind.UNAVAILABLE, untilNext(now), now.setting());
    }
    return usable.get().endpoints();
  }

  /** Until an attempt has failed the document is fresh, and then it must not be too old. */
  private Optional<Kept> usable(State now) {
    return now.kept()
        .filter(
            kept ->
                now.failures() == 0
                    || nanoTime.getAsLong() - kept.fetchedAt() <= settings.maxStale().toNanos());
  }

  private Duration untilNext(State now) {
    Duration left = Duration.ofNanos(now.nextAttempt() - nanoTime.getAsLong());
    return Duration.ofSeconds(Math.max(1, left.plusNanos(999_999_999).toSeconds()));
  }

  /** Ends the thread. */
  @Override
  public void close() {
    closed = true;
    threads.close();
  }
}
