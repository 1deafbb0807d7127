/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.api.Reason;
import dev.portcullis.api.ReplayStore;
import dev.portcullis.api.ReplayStore.Outcome;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.UnavailableException;
import dev.portcullis.store.LocalReplayStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReplayGuardTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final DpopProof PROOF =
      new DpopProof("thumbprint", "id", NOW.plusSeconds(2), Optional.empty());

  private Instant now = NOW;

  @Test
  @DisplayName("DPOP-40, DPOP-43: a copy that waited until the first use was forgotten is no first")
  void copyThatWaited_isRefused() throws Exception {
    ReplayGuard guard = guard(new LocalReplayStore(1000, () -> now));
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
                    guard.admit(new DpopProof("t", "other", NOW.plusSeconds(2), Optional.empty())))
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
