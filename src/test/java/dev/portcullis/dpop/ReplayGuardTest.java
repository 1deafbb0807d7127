/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.Reason;
import dev.portcullis.api.ReplayStore;
import dev.portcullis.api.ReplayStore.Outcome;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.UnavailableException;
import dev.portcullis.store.LocalReplayStore;
import dev.portcullis.testing.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReplayGuardTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final DpopProof PROOF =
      new DpopProof("thumbprint", "id", NOW.plusSeconds(2), Optional.empty(), () -> {});

  private Instant now = NOW;

  @Test
  @DisplayName("DPOP-40, DPOP-43: a copy that waited until the first use was forgotten is no first")
  void copyThatWaited_isRefused() throws Exception {
    ReplayGuard guard = guard(new LocalReplayStore(1000, () -> now, this::nanos));
    guard.admit(PROOF);
    now = NOW.plusSeconds(1);
    assertRefused(Reason.DPOP_REPLAY, guard);
    now = NOW.plusSeconds(2);
    assertRefused(Reason.DPOP_PROOF_EXPIRED, guard);
    now = NOW.plusSeconds(10);
    assertEquals(
        Reason.DPOP_PROOF_EXPIRED,
        assertThrows(
                RefusedException.class,
                () ->
                    guard.admit(
                        new DpopProof(
                            "t", "other", NOW.plusSeconds(2), Optional.empty(), () -> {})))
            .reason());
  }

  @Test
  @DisplayName("DPOP-42: a store that is full or does not answer lets none pass")
  void storeThatCannotTell_letsNonePass() {
    assertUnavailable("dpop.replay-store-max-entries", (id, until) -> Outcome.FULL);
    assertUnavailable(
        "dpop.replay-store",
        (id, until) -> {
          throw new IOException("down");
        });
    assertUnavailable(
        "dpop.replay-store",
        (id, until) -> {
          throw new IllegalStateException("down");
        });
  }

  @Test
  @DisplayName("DPOP-42: an alarm at once, and then one in ten seconds")
  void alarm_isRaisedOnceInTenSeconds() {
    AtomicLong nanos = new AtomicLong(-5);
    ReplayGuard guard = new ReplayGuard((id, until) -> Outcome.FULL, () -> now, nanos::get);
    try (CapturedLog log = CapturedLog.of(ReplayGuard.class.getName())) {
      for (long second : List.of(0L, 0L, 9L, 10L, 19L, 20L)) {
        nanos.set(-5 + Duration.ofSeconds(second).toNanos());
        assertThrows(UnavailableException.class, () -> guard.admit(PROOF));
      }
      assertEquals(3, log.linesAt(Level.SEVERE).size(), log::text);
      assertTrue(log.lines().get(0).contains("is full"));
      assertTrue(log.lines().get(0).contains("dpop.replay-store-max-entries"));
    }
  }

  @Test
  @DisplayName("FLD-57: the clock set forward and back, a used proof stays used")
  void clockSetForwardAndBack_letsNoProofPassTwice() throws Exception {
    AtomicLong nanos = new AtomicLong(Long.MIN_VALUE / 2);
    ReplayGuard guard = guard(new LocalReplayStore(1000, () -> now, nanos::get));
    guard.admit(PROOF);
    now = NOW.plusSeconds(3600);
    guard.admit(new DpopProof("t", "other", now.plusSeconds(2), Optional.empty(), () -> {}));
    now = NOW.plusSeconds(1);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertRefused(Reason.DPOP_REPLAY, guard);
  }

  private long nanos() {
    return Duration.between(NOW, now).toNanos();
  }

  private void assertRefused(Reason reason, ReplayGuard guard) {
    assertEquals(reason, assertThrows(RefusedException.class, () -> guard.admit(PROOF)).reason());
  }

  private void assertUnavailable(String setting, ReplayStore store) {
    UnavailableException failure =
        assertThrows(UnavailableException.class, () -> guard(store).admit(PROOF));
    assertEquals(Reason.REPLAY_STORE_UNAVAILABLE, failure.reason());
    assertEquals(setting, failure.setting());
  }

  private ReplayGuard guard(ReplayStore store) {
    return new ReplayGuard(store, () -> now, System::nanoTime);
  }
}
