/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds answers back until a test opens it, and tells the test how many wait. */
public final class Gate {

  private static final long PATIENCE = 30;

  private final CountDownLatch open = new CountDownLatch(1);
  private final Semaphore arrived = new Semaphore(0);

  /** Waits until it is open. */
  void pass() throws InterruptedException {
    arrived.release();
    await(open.await(PATIENCE, TimeUnit.SECONDS), "the gate was not opened");
  }

  /** Waits until so many more have arrived. */
  public void awaitArrivals(int count) throws InterruptedException {
    await(arrived.tryAcquire(count, PATIENCE, TimeUnit.SECONDS), "not so many arrived");
  }

  /** How many have arrived that no one waited for. */
  public int arrivals() {
    return arrived.availablePermits();
  }

  /** Opens it for good. */
  public void open() {
    open.countDown();
  }

  private static void await(boolean came, String otherwise) {
    if (!came) {
      throw new AssertionError(otherwise);
    }
  }
}
