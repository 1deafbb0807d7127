/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.util.Optional;
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
  private Optional<String> suspect = Optional.empty();
  private boolean failedOnSuspicion;
  private long answeredAt;

  TargetHealth(Target target) {
    this.target = target;
  }

  Target target() {
    return target;
  }

  synchronized boolean isFailed() {
    return state == State.FAILED;
  }

  synchronized boolean isAvailable(long now) {
    return state == State.AVAILABLE || (state == State.RESTING && now - due >= 0);
  }

  /**
   * Whether it failed by what may have been the tokens' doing: then it is still asked where there
   * is no other.
   */
  synchronized boolean isFailedOnSuspicion() {
    return state == State.FAILED && failedOnSuspicion;
  }

  /**
   * Asks to send a request about a token; an admission as probe must be answered by one of the
   * methods below. The token that it was in trouble with last does not find out whether it is back.
   */
  synchronized Admission admit(String token, long now) {
    if (state != State.AVAILABLE && now - due < 0) {
      return Admission.NONE;
    }
    if (state == State.FAILED) {
      return isSuspect(token) ? Admission.NONE : probe();
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

  private boolean isSuspect(String token) {
    return suspect.filter(token::equals).isPresent();
  }

  /** It answered at that moment, of those that turns begin at. Returns whether it was failed. */
  synchronized boolean answered(long moment) {
    answeredAt = moment;
    suspect = Optional.empty();
    failedOnSuspicion = false;
    boolean recovered = state == State.FAILED;
    if (recovered) {
      state = State.AVAILABLE;
      probing = false;
    }
    return recovered;
  }

  /** It asks for rest. Returns whether it was failed before. */
  synchronized boolean rests(long moment, long until) {
    boolean recovered = answered(moment);
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
    failedOnSuspicion = false;
    return news;
  }

  /**
   * Its attempts for a token are used up, and the token may be why: it failed when that is so with
   * another token too, and it answered none since this turn began.
   *
   * @param isLast whether no other target is left: then it goes on being asked
   * @return whether it failed by that
   */
  synchronized boolean suspects(Turn turn, boolean isLast, long until) {
    boolean isAlive = answeredAt > turn.began();
    boolean isOneToken = suspect.isEmpty() || isSuspect(turn.token());
    if (!isAlive && isOneToken) {
      suspect = Optional.of(turn.token());
    }
    if (isAlive || isOneToken || (isLast && state != State.FAILED)) {
      undecided(turn.admission());
      return false;
    }
    boolean onSuspicion = state != State.FAILED || failedOnSuspicion;
    boolean news = fails(turn.admission(), until);
    failedOnSuspicion = onSuspicion;
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
