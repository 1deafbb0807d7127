/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A question that is under way, and its outcome for all who wait. Safe for use by several threads.
 */
final class Question {

  private static final Duration SOON = Duration.ofSeconds(1);

  /** Asks the authorization server. */
  interface Asking {
    TokenInfo ask() throws UnavailableException;
  }

  /** How a question ended: one of the two is there. */
  private record Outcome(Optional<TokenInfo> info, Optional<UnavailableException> failure) {

    static Outcome of(UnavailableException failure) {
      return new Outcome(Optional.empty(), Optional.of(failure));
    }

    TokenInfo get() throws UnavailableException {
      if (failure.isPresent()) {
        throw failure.get();
      }
      return info.orElseThrow();
    }
  }

  private final long askedAt;
  private final AtomicInteger followers = new AtomicInteger();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  /** Makes one that is asked at that reading of the ticker. */
  Question(long askedAt) {
    this.askedAt = askedAt;
  }

  /** How many wait for what another one asked. */
  AtomicInteger followers() {
    return followers;
  }

  /** Whether its answer will be recent enough for one who comes at that reading of the ticker. */
  boolean isFreshAt(long nanoTime, Optional<Duration> timeToLive) {
    return timeToLive.isEmpty() || nanoTime - askedAt < timeToLive.get().toNanos();
  }

  /**
   * Asks, and tells those who wait: of any end, a fault included.
   *
   * @param over to be done before anybody is told
   */
  TokenInfo ask(Asking asking, Runnable over) throws UnavailableException {
    Outcome end = Outcome.of(new UnavailableException(Reason.INTERNAL_ERROR, SOON, ""));
    try {
      end = end(asking);
      return end.get();
    } finally {
      over.run();
      outcome.complete(end);
    }
  }

  private static Outcome end(Asking asking) {
    try {
      return new Outcome(Optional.of(asking.ask()), Optional.empty());
    } catch (UnavailableException failure) {
      return Outcome.of(failure);
    }
  }

  /** Waits for the outcome, no longer than that. */
  TokenInfo await(Duration timeout) throws UnavailableException {
    try {
      return outcome.get(timeout.toNanos(), TimeUnit.NANOSECONDS).get();
    } catch (TimeoutException e) {
      throw new UnavailableException(Reason.AS_UNAVAILABLE, SOON, "http.overall-timeout");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(Reason.AS_UNAVAILABLE, SOON, "");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question never ends with an exception", e);
    }
  }
}
