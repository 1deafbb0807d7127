/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.http.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One call: what is sent, for whom, by when, and how often it was tried. For one thread. */
final class Call {

  static final String METHOD = "POST";

  private final Endpoints endpoints;
  private final String parameters;
  private final String exchangeId;
  private final String trackingId;
  private final Optional<String> audience;
  private final Duration time;
  private final Deadline deadline;
  private int attempts;
  private boolean isSecondChanceTaken;

  Call(
      Endpoints endpoints,
      String parameters,
      String exchangeId,
      String trackingId,
      Optional<String> audience,
      Duration time,
      LongSupplier nanoTime) {
    this.endpoints = endpoints;
    this.parameters = parameters;
    this.exchangeId = exchangeId;
    this.trackingId = trackingId;
    this.audience = audience;
    this.time = time;
    this.deadline = Deadline.in(time, nanoTime);
  }

  /** Where it goes. */
  Endpoints endpoints() {
    return endpoints;
  }

  /** Its parameters, form-encoded, without those of client authentication. */
  String parameters() {
    return parameters;
  }

  String exchangeId() {
    return exchangeId;
  }

  String trackingId() {
    return trackingId;
  }

  Optional<String> audience() {
    return audience;
  }

  Deadline deadline() {
    return deadline;
  }

  /** Whether no more than half of its time has gone. */
  boolean hasHalfItsTime() {
    return deadline.remaining().compareTo(time.dividedBy(2)) >= 0;
  }

  /** Whether it may be tried once more with a new secret; no more than once, and in time. */
  boolean takeSecondChance() {
    boolean isFirst = !isSecondChanceTaken && !deadline.hasPassed();
    isSecondChanceTaken = true;
    return isFirst;
  }

  /** The next attempt. */
  Attempt attempt(Target target) {
    attempts++;
    return new Attempt(this, target, attempts);
  }
}
