/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.ReplayStore;
import dev.portcullis.api.ReplayStore.Outcome;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.ReplayStoreContract;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DPOP-45: a store of the user's is given a bounded time, and fails closed")
class BoundedReplayStoreTest extends ReplayStoreContract {

  private static final Instant LATER = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);

  private Instant now = LATER.minusSeconds(1000);
  private final ReplayStore contracted =
      new BoundedReplayStore(
          new LocalReplayStore(
              100_000, () -> now, () -> Duration.between(Instant.EPOCH, now).toNanos()),
          LONG);

  @AfterEach
  void close() {
    contracted.close();
  }

  @Override
  protected ReplayStore store() {
    return contracted;
  }

  @Override
  protected Instant now() {
    return now;
  }

  @Override
  protected void passTo(Instant time) {
    now = time;
  }

  @Test
  void storeThatHangs_isGivenUpAndInterrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    try (ReplayStore store = bounded(SOON, (id, until) -> hang(interrupted))) {
      assertThrows(TimeoutException.class, () -> store.register("a", LATER));
      interrupted.await();
    }
  }

  @Test
  void storeThatFails_tellsWhy() throws Exception {
    try (ReplayStore store =
        bounded(
            LONG,
            (id, until) -> {
              throw new IOException("down");
            })) {
      assertEquals(
          "down", assertThrows(IOException.class, () -> store.register("a", LATER)).getMessage());
    }
    try (ReplayStore store =
        bounded(
            LONG,
            (id, until) -> {
              throw new NoClassDefFoundError("x");
            })) {
      assertThrows(ExecutionException.class, () -> store.register("a", LATER));
    }
  }

  @Test
  @SuppressWarnings("NullAway") // what a user's class could do
  void storeWithoutAnAnswer_isNoFirstUse() throws Exception {
    try (ReplayStore store = bounded(LONG, (id, until) -> null)) {
      assertThrows(NullPointerException.class, () -> store.register("a", LATER));
    }
  }

  @Test
  void callsBeyondTheBound_areRefusedAtOnce() throws Exception {
    CountDownLatch hanging = new CountDownLatch(BoundedReplayStore.CALLS);
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService requests = Executors.newFixedThreadPool(BoundedReplayStore.CALLS);
    try (ReplayStore store =
        bounded(
            LONG,
            (id, until) -> {
              hanging.countDown();
              end.await();
              return Outcome.FIRST_USE;
            })) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < BoundedReplayStore.CALLS; i++) {
        outcomes.add(requests.submit(() -> store.register("a", LATER)));
      }
      hanging.await();
      assertThrows(RejectedExecutionException.class, () -> store.register("b", LATER));
      end.countDown();
      for (Future<Outcome> outcome : outcomes) {
        assertSame(Outcome.FIRST_USE, outcome.get());
      }
    } finally {
      requests.shutdownNow();
    }
  }

  @Test
  void interruptedRequest_staysInterrupted() throws Exception {
    try (ReplayStore store = bounded(LONG, (id, until) -> hang(new CountDownLatch(1)))) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> store.register("a", LATER));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  @DisplayName("HTTP-21: closing ends in bounded time, and no thread is left")
  void storeThatDoesNotClose_isLeftBehind() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    ReplayStore unclosable =
        new ReplayStore() {
          @Override
          public Outcome register(String id, Instant until) {
            return Outcome.FIRST_USE;
          }

          @Override
          public void close() {
            hang(interrupted);
          }
        };
    try (CapturedLog log = CapturedLog.of(BoundedReplayStore.class.getName())) {
      ReplayStore store = new BoundedReplayStore(unclosable, SOON);
      assertSame(Outcome.FIRST_USE, store.register("a", LATER));
      store.close();
      interrupted.await();
      assertTrue(log.text().contains("does not close: " + TimeoutException.class.getName()));
    }
  }

  private static ReplayStore bounded(Duration patience, ReplayStore store) {
    return new BoundedReplayStore(store, patience);
  }

  private static Outcome hang(CountDownLatch interrupted) {
    try {
      new CountDownLatch(1).await();
      return Outcome.FIRST_USE;
    } catch (InterruptedException e) {
      interrupted.countDown();
      return Outcome.FIRST_USE;
    }
  }
}
