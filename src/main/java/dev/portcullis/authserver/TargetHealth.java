/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.util.OptionalLong;

/**
 * What is known of one target. Available until it fails or asks for rest. A failed one is left
 * alone for a time and then offered one single request; a resting one is available again when its
 * time has come. Times are those of a nanosecond ticker. Safe for use by several threads.
 */
final class TargetHealth {

  private enum State {
    AVAILABLE,
    FAILED,
    RESTING
  }

  /** What a target may be used for. */
  enum Admission {
    /** Any request. */
    USUAL,
    /** One single request that finds out whether it is back. */
    PROBE,
    /** None. */
    NONE
  }

  private final Target target;
  private State state = State.AVAILABLE;
  private boolean probing;
  private long due;

  TargetHealth(Target target) {
    this.target = target;
  }

  Target target() {
    return target;
  }

  synchronized boolean isFailed() {
    return state == State.FAILED;
  }

  /** Asks to send a request; an admission as probe must be answered by one of the methods below. */
  synchronized Admission admit(long now) {
    if (state != State.AVAILABLE && now - due < 0) {
      return Admission.NONE;
    }
    if (state == State.FAILED) {
      return probe();
    }
    state = State.AVAILABLE;
    return Admission.USUAL;
  }

  /** Asks to probe a failed target before its time. */
  synchronized boolean admitEarly() {
    return state == State.FAILED && probe() == Admission.PROBE;
  }

  private Admission probe() {
    if (probing) {
      return Admission.NONE;
    }
    probing = true;
    return Admission.PROBE;
  }

  /** It answered. Returns whether it was failed before. */
  synchronized boolean answered() {
    boolean recovered = state == State.FAILED;
    if (recovered) {
      state = State.AVAILABLE;
      probing = false;
    }
    return recovered;
  }

  /** It asks for rest. Returns whether it was failed before. */
  synchronized boolean rests(long until) {
    boolean recovered = answered();
    state = State.RESTING;
    due = until;
    return recovered;
  }

  /** Its attempts are used up. Returns whether that is news. */
  synchronized boolean fails(Admission admission, long until) {
    boolean news = state != State.FAILED;
    if (news || admission == Admission.PROBE) {
      due = until;
      probing = false;
    }
    state = State.FAILED;
    return news;
  }

  /** A request ended without telling anything about it. */
  synchronized void undecided(Admission admission) {
    if (admission == Admission.PROBE) {
      probing = false;
    }
  }

  /** How long it is left alone from now on; empty if it is available. */
  synchronized OptionalLong nanosUntilDue(long now) {
    return state == State.AVAILABLE
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, due - now));
  }
}
