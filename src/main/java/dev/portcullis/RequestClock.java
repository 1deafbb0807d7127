/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The id of a request and when its parts began, by a clock that no one sets back. For one request.
 */
final class RequestClock {

  private final String exchangeId;
  private final long arrived = System.nanoTime();
  private volatile long passedOn = arrived;

  RequestClock() {
    exchangeId = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /** Random; not meant to be hard to guess. */
  String exchangeId() {
    return exchangeId;
  }

  /** The rest of the chain begins. */
  void passOn() {
    passedOn = System.nanoTime();
  }

  Duration sinceArrival() {
    return Duration.ofNanos(System.nanoTime() - arrived);
  }

  /** Zero if the request was never passed on. */
  Duration sincePassedOn() {
    return passedOn == arrived ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - passedOn);
  }
}
