/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Decision;
import dev.portcullis.access.Pending;
import java.util.concurrent.Semaphore;

/**
 * The requests that wait for an answer about their token: so many at once and no more, since each
 * holds a thread of the container. Safe for use by several threads.
 */
final class Waiting {

  private final Semaphore places;

  Waiting(int places) {
    this.places = new Semaphore(places);
  }

  Decision await(Pending pending) {
    if (!places.tryAcquire()) {
      return pending.giveUp();
    }
    try {
      return pending.await();
    } finally {
      places.release();
    }
  }
}
