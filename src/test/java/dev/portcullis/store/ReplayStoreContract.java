/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.portcullis.api.ReplayStore;
import dev.portcullis.api.ReplayStore.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link ReplayStore} must do. */
abstract class ReplayStoreContract {

  private static final int ROUNDS = 1000;
  private static final int COPIES = 64;

  /** The store, empty. */
  abstract ReplayStore store();

  /** What time it is for the store. */
  abstract Instant now();

  /** Waits until that time, or sets the clock. */
  abstract void passTo(Instant time);

  @Test
  @DisplayName("DPOP-40, DPOP-44: a proof is new once")
  void proof_isNewOnce() throws Exception {
    Instant until = now().plusSeconds(100);
    assertSame(Outcome.FIRST_USE, store().register("a", until));
    assertSame(Outcome.REPLAY, store().register("a", until));
    assertSame(Outcome.FIRST_USE, store().register("b", until));
    assertSame(Outcome.REPLAY, store().register("a", until.plusSeconds(50)));
  }

  @Test
  @DisplayName("DPOP-43: it is known until its time and gone afterwards")
  void proof_isKnownUntilItsTime() throws Exception {
    Instant until = now().plusSeconds(2);
    store().register("a", until);
    passTo(until.minusSeconds(1));
    assertSame(Outcome.REPLAY, store().register("a", until));
    passTo(until.plusSeconds(1));
    assertSame(Outcome.FIRST_USE, store().register("a", until.plusSeconds(9)));
  }

  @Test
  @DisplayName("DPOP-41: of 64 copies at once exactly one is new, in 1,000 rounds")
  void copiesAtOnce_areNewOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(COPIES);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String id = "round" + round;
        Instant until = now().plusMillis(1000);
        List<Callable<Outcome>> copies =
            Collections.nCopies(COPIES, () -> store().register(id, until));
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> outcome : pool.invokeAll(copies)) {
          outcomes.add(outcome.get());
        }
        assertEquals(1, Collections.frequency(outcomes, Outcome.FIRST_USE));
        assertEquals(COPIES - 1, Collections.frequency(outcomes, Outcome.REPLAY));
        passTo(until);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
