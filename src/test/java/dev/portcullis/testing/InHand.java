/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The connections whose request an application under test has in hand. A client has its response
 * before that is over: the audit entry, for one, is still to come, and must not be taken for that
 * of the next request.
 *
 * @param server port of the application
 * @param client port of the client
 */
record InHand(int server, int client) {

  private static final long PATIENCE = 5;
  private static final ConcurrentMap<InHand, CountDownLatch> REQUESTS = new ConcurrentHashMap<>();

  /** The application has a request of the connection in hand. */
  CountDownLatch begin() {
    CountDownLatch end = new CountDownLatch(1);
    REQUESTS.put(this, end);
    return end;
  }

  /** It has left the application. */
  void end(CountDownLatch begun) {
    REQUESTS.remove(this, begun);
    begun.countDown();
  }

  /** Waits until none is in hand; fails if that takes too long. */
  void awaitEnd() {
    CountDownLatch end = REQUESTS.getOrDefault(this, new CountDownLatch(0));
    try {
      if (!end.await(PATIENCE, TimeUnit.SECONDS)) {
        throw new AssertionError("answered, and still in the application");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
