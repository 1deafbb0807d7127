/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.UnavailableException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Lets so many requests wait at a time, and sends the next away at once: those that ask and those
 * that follow are counted apart, so that many with one token keep nobody from asking about another.
 * Safe for use by several threads.
 */
final class WaitingRoom {

  private static final Duration SOON = Duration.ofSeconds(1);

  /** A wait for an answer. */
  interface Wait<T> {
    T end() throws UnavailableException;
  }

  private final Semaphore asking;
  private final Semaphore following;

  WaitingRoom(WaitingSettings settings) {
    asking = new Semaphore(settings.asking());
    following = new Semaphore(settings.following());
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

  /** Waits for an answer that another one asked for. */
  <T> T follow(Wait<T> wait) throws UnavailableException {
    if (!following.tryAcquire()) {
      throw full(WaitingSettings.MAX_FOLLOWING);
    }
    try {
      return wait.end();
    } finally {
      following.release();
    }
  }

  private static UnavailableException full(String setting) {
    return new UnavailableException(Reason.OVERLOADED, SOON, setting);
  }
}
