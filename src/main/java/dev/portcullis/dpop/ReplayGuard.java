/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.Reason;
import dev.portcullis.api.ReplayStore;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.UnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets each proof pass once (RFC 9449 section 11.1). A store that is full or does not answer lets
 * none pass: what cannot be remembered could be used again. Safe for use by several threads.
 */
public final class ReplayGuard {

  private static final Logger LOG = System.getLogger(ReplayGuard.class.getName());
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final ReplayStore store;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final AtomicLong lastAlarm;

  /** Makes one over that store; the guard does not close it. */
  public ReplayGuard(ReplayStore store, InstantSource clock, LongSupplier nanoTime) {
    this.store = store;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.lastAlarm = new AtomicLong(nanoTime.getAsLong() - QUIET.toNanos());
  }

  /**
   * Takes note of a proof for which all else holds. The time is looked at once more, afterwards: a
   * copy that waited for the authorization server until the proof had run out, and with it the
   * record of its first use, is not new.
   *
   * @throws RefusedException if it was used before, or has run out meanwhile
   * @throws UnavailableException if that cannot be told, or not be remembered
   */
  public void admit(DpopProof proof) throws RefusedException, UnavailableException {
    switch (register(proof)) {
      case FIRST_USE -> checkTime(proof);
      case REPLAY -> throw Refusals.of(Reason.DPOP_REPLAY, DpopSettings.REPLAY_DETECTION);
      case FULL -> throw unavailable(DpopSettings.MAX_ENTRIES, "is full");
    }
  }

  private void checkTime(DpopProof proof) throws RefusedException {
    if (!clock.instant().isBefore(proof.acceptableUntil())) {
      throw Refusals.of(Reason.DPOP_PROOF_EXPIRED, DpopSettings.PROOF_LIFETIME);
    }
  }

  private ReplayStore.Outcome register(DpopProof proof) throws UnavailableException {
    try {
      return store.register(proof.id(), proof.acceptableUntil());
    } catch (Exception e) {
      throw unavailable(ReplayStoreClass.KEY, "does not answer (" + e.getClass().getName() + ")");
    }
  }

  private UnavailableException unavailable(String setting, String problem) {
    long now = nanoTime.getAsLong();
    long last = lastAlarm.get();
    if (now - last >= QUIET.toNanos() && lastAlarm.compareAndSet(last, now)) {
      LOG.log(
          Level.ERROR,
          "The record of used DPoP proofs "
              + problem
              + ": requests with a proof are answered 503. See "
              + setting
              + ".");
    }
    return new UnavailableException(
        Reason.REPLAY_STORE_UNAVAILABLE, Duration.ofSeconds(1), setting);
  }
}
