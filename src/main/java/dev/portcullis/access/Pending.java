/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.api.Reason;
import java.time.Duration;

/** The authorization server has to be asked. Whoever holds this decides on which thread to wait. */
public final class Pending implements Answer {

  /** What is left to be done. */
  @FunctionalInterface
  interface Rest {
    Decision finish();
  }

  private final Evidence evidence;
  private final Rest rest;

  Pending(Evidence evidence, Rest rest) {
    this.evidence = evidence;
    this.rest = rest;
  }

  /** Asks, waits, decides. To be called once. Waits no longer than {@code http.overall-timeout}. */
  public Decision await() {
    return rest.finish();
  }

  /** Refuses instead of waiting: too many wait already. */
  public Decision giveUp() {
    return Rejected.unavailable(
        Reason.OVERLOADED, Duration.ofSeconds(1), "http.max-waiting", evidence);
  }
}
