/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.portcullis.api.ReplayStore;
import dev.portcullis.api.ReplayStore.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ReplayStore} must do, for those of users too: in the JAR with the classifier
 * {@code tests}. Each test method has an instance, and so a store, of its own; ids may be left in
 * it from an earlier run.
 */
public abstract class ReplayStoreContract {

  private static final int ROUNDS = 1000;
  private static final int COPIES = 64;

  /** So that no id is left from an earlier run. */
  private final String run = UUID.randomUUID().toString();

  /** Makes ids of its own. */
  protected ReplayStoreContract() {}

  /** The store, open, with room for a few thousand proofs. */
  protected abstract ReplayStore store();

  /** What time it is for the store. */
  protected abstract Instant now();

  /** Waits until that time, or sets the clock. */
  protected abstract void passTo(Instant time) throws Exception;

  @Test
  @DisplayName("DPOP-40, DPOP-44: a proof is new once")
  void proof_isNewOnce() throws Exception {
    Instant until = now().plusSeconds(100);
    assertSame(Outcome.FIRST_USE, store().register(run, until));
    assertSame(Outcome.REPLAY, store().register(run, until));
    assertSame(Outcome.FIRST_USE, store().register(run + "b", until));
    assertSame(Outcome.REPLAY, store().register(run, until.plusSeconds(50)));
  }

  @Test
  @DisplayName("DPOP-43: it is known until its time and gone afterwards")
  void proof_isKnownUntilItsTime() throws Exception {
    Instant until = now().plusSeconds(2);
    store().register(run, until);
    passTo(until.minusSeconds(1));
    assertSame(Outcome.REPLAY, store().register(run, until));
    passTo(until.plusSeconds(1));
    assertSame(Outcome.FIRST_USE, store().register(run, until.plusSeconds(9)));
  }

  @Test
  @DisplayName("DPOP-43: its time is that of its first use, whatever a later one says")
  void replay_doesNotShortenTheMemory() throws Exception {
    Instant until = now().plusSeconds(5);
    assertSame(Outcome.FIRST_USE, store().register(run, until));
    assertSame(Outcome.REPLAY, store().register(run, until.minusSeconds(4)));
    passTo(until.minusSeconds(2));
    assertSame(Outcome.REPLAY, store().register(run, until));
  }

  @Test
  @DisplayName("DPOP-41: of 64 copies at once exactly one is new, in 1,000 rounds")
  void copiesAtOnce_areNewOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(COPIES);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String id = run + round;
        Instant until = now().plusSeconds(100);
        List<Callable<Outcome>> copies =
            Collections.nCopies(COPIES, () -> store().register(id, until));
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> outcome : pool.invokeAll(copies)) {
          outcomes.add(outcome.get());
        }
        assertEquals(1, Collections.frequency(outcomes, Outcome.FIRST_USE));
        assertEquals(COPIES - 1, Collections.frequency(outcomes, Outcome.REPLAY));
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
