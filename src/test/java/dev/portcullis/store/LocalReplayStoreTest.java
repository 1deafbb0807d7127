/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.api.ReplayStore;
import dev.portcullis.api.ReplayStore.Outcome;
import dev.portcullis.testing.ReplayStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalReplayStoreTest extends ReplayStoreContract {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final AtomicLong setBy = new AtomicLong();
  private final LocalReplayStore store = new LocalReplayStore(1000, now::get, this::nanos);
  private final ReplayStore contracted = new LocalReplayStore(10_000, now::get, this::nanos);

  @Override
  protected ReplayStore store() {
    return contracted;
  }

  @Override
  protected Instant now() {
    return now.get();
  }

  @Override
  protected void passTo(Instant time) {
    now.set(time);
  }

  @Test
  @DisplayName("DPOP-42: full is full; what it holds is still recognised, and nothing is forgotten")
  void fullStore_admitsNothing() {
    for (int i = 0; i < 1000; i++) {
      assertSame(Outcome.FIRST_USE, store.register("id" + i, NOW.plusSeconds(60 + i % 60)));
    }
    assertSame(Outcome.FULL, store.register("another", NOW.plusSeconds(60)));
    for (int i = 0; i < 1000; i++) {
      assertSame(Outcome.REPLAY, store.register("id" + i, NOW.plusSeconds(60 + i % 60)));
    }
    assertEquals(1000, store.size());
  }

  @Test
  @DisplayName("DPOP-43: what has ended makes room")
  void endedEntries_makeRoom() {
    for (int i = 0; i < 1000; i++) {
      store.register("id" + i, NOW.plusSeconds(60 + i % 60));
    }
    now.set(NOW.plusSeconds(60));
    assertSame(Outcome.FIRST_USE, store.register("another", NOW.plusSeconds(120)));
    assertEquals(1000 - 17 + 1, store.size());
    now.set(NOW.plusSeconds(180));
    assertSame(Outcome.FIRST_USE, store.register("last", NOW.plusSeconds(200)));
    assertEquals(1, store.size());
  }

  @Test
  @DisplayName("DPOP-43: the last part of a second counts")
  void entry_isKnownInItsLastSecond() {
    store.register("id", NOW.plusMillis(60_001));
    now.set(NOW.plusSeconds(60));
    assertSame(Outcome.REPLAY, store.register("id", NOW.plusMillis(60_001)));
    now.set(NOW.plusSeconds(61));
    assertSame(Outcome.FIRST_USE, store.register("id", NOW.plusSeconds(90)));
    assertEquals(1, store.size());
  }

  @Test
  @DisplayName("DPOP-43: a clock that is set back lets nothing be forgotten early")
  void clockSetBack_forgetsNothing() {
    store.register("id", NOW.plusSeconds(60));
    now.set(NOW.minusSeconds(3600));
    assertSame(Outcome.REPLAY, store.register("id", NOW.plusSeconds(60)));
    now.set(NOW.plusSeconds(59));
    assertSame(Outcome.REPLAY, store.register("id", NOW.plusSeconds(60)));
  }

  @Test
  @DisplayName("DPOP-43: nothing stays when seconds end while others still add to them")
  void flyingTime_leavesNothing() throws Exception {
    LocalReplayStore large = new LocalReplayStore(1_000_000, now::get, this::nanos);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> done = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      String prefix = "id-" + thread + "-";
      done.add(threads.submit(() -> registerWhileTimePasses(large, prefix)));
    }
    for (Future<?> one : done) {
      one.get();
    }
    threads.shutdown();
    now.set(now.get().plusSeconds(10));
    large.register("last", now.get().plusSeconds(1));
    assertEquals(1, large.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {60, 3600, 86_400})
  @DisplayName("FLD-57: a clock that is set forward lets nothing be forgotten early")
  void clockSetForwardAndBack_forgetsNothing(long seconds) {
    store.register("id", NOW.plusSeconds(60));
    set(seconds);
    store.register("other", now.get().plusSeconds(60));
    assertEquals(2, store.size());
    set(-seconds);
    assertSame(Outcome.REPLAY, store.register("id", NOW.plusSeconds(60)));
    now.set(NOW.plusSeconds(59));
    assertSame(Outcome.REPLAY, store.register("id", NOW.plusSeconds(60)));
    now.set(NOW.plusSeconds(60));
    store.register("last", now.get().plusSeconds(60));
    assertEquals(2, store.size());
  }

  @Test
  @DisplayName("FLD-57: what was forgotten and would be good again cannot be told to be new")
  void clockSetBackBehindWhatWasForgotten_tellsNothing() {
    set(3600);
    Instant until = now.get().plusSeconds(60);
    store.register("id", until);
    now.set(until);
    assertSame(Outcome.FIRST_USE, store.register("next", until.plusSeconds(60)));
    assertEquals(1, store.size());
    set(-3600);
    assertThrows(IllegalStateException.class, () -> store.register("id", until));
    assertThrows(IllegalStateException.class, () -> store.register("unknown", until));
    assertSame(Outcome.FIRST_USE, store.register("later", until.plusSeconds(1)));
    assertSame(Outcome.REPLAY, store.register("next", until.plusSeconds(60)));
  }

  /** Time passes for both clocks when {@code now} is moved; this sets one of them. */
  private void set(long seconds) {
    setBy.addAndGet(seconds);
    now.set(now.get().plusSeconds(seconds));
  }

  private long nanos() {
    return Duration.between(NOW, now.get()).minusSeconds(setBy.get()).toNanos();
  }

  private void registerWhileTimePasses(LocalReplayStore large, String prefix) {
    for (int i = 0; i < 50_000; i++) {
      Instant time = now.updateAndGet(before -> before.plusMillis(500));
      assertSame(Outcome.FIRST_USE, large.register(prefix + i, time.plusSeconds(i % 3)));
    }
  }
}
