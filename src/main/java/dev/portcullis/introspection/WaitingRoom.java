/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.UnavailableException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Lets so many requests wait at a time, and sends the next away at once: those that ask and those
 * that follow are counted apart, so that many with one token keep nobody from asking about another.
 * Each question has a few places of its own for those that follow it, so that many with one token
 * leave some to those with another. Safe for use by several threads.
 */
final class WaitingRoom {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Semaphore asking;
  private final Semaphore following;
  private final int most;
  private final int own;

  WaitingRoom(WaitingSettings settings) {
    asking = new Semaphore(settings.asking());
    following = new Semaphore(settings.following());
    most = settings.following();
    own = settings.following() / settings.asking();
  }

  /** Whether one more may ask; it must {@link #leave()}. */
  boolean enter() {
    return asking.tryAcquire();
  }

  /** One that asked has its answer. */
  void leave() {
    asking.release();
  }

  /** No place for one that asks. */
  static UnavailableException full() {
    return full(WaitingSettings.MAX_WAITING);
  }

  /** Waits for an answer that another one asked for, if there is a place. */
  TokenInfo follow(Question question, Duration timeout) throws UnavailableException {
    int number = question.followers().incrementAndGet();
    try {
      if (number > most) {
        throw full(WaitingSettings.MAX_FOLLOWING);
      }
      return number <= own ? question.await(timeout) : followInCommon(question, timeout);
    } finally {
      question.followers().decrementAndGet();
    }
  }

  private TokenInfo followInCommon(Question question, Duration timeout)
      throws UnavailableException {
    if (!following.tryAcquire()) {
      throw full(WaitingSettings.MAX_FOLLOWING);
    }
    try {
      return question.await(timeout);
    } finally {
      following.release();
    }
  }

  private static UnavailableException full(String setting) {
    return new UnavailableException(Reason.OVERLOADED, SOON, setting);
  }
}
