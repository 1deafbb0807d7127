/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.threads.BackgroundThreads;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that ask for the next answer before one runs out. There are a few and no queue: what
 * cannot begin at once is not begun, so no token waits here, and most connections are left to
 * requests that wait. Safe for use by several threads.
 */
public final class Renewals implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Renewals.class.getName());

  /** One connection of so many. */
  private static final int SHARE = 4;

  private static final long IDLE_SECONDS = 10;

  private final BackgroundThreads threads = new BackgroundThreads("portcullis-renewal");
  private final ThreadPoolExecutor executor;
  private final boolean isPossible;

  /**
   * Makes them.
   *
   * @param maxConnections to the authorization server; the only one is left to requests
   */
  public Renewals(int maxConnections) {
    isPossible = maxConnections > 1;
    executor =
        new ThreadPoolExecutor(
            0,
            Math.max(1, maxConnections / SHARE),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads);
  }

  /** Begins a renewal on a thread of its own; false if it cannot begin now. */
  boolean begin(Runnable renewal) {
    if (!isPossible) {
      return false;
    }
    try {
      executor.execute(() -> run(renewal));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static void run(Runnable renewal) {
    try {
      renewal.run();
    } catch (RuntimeException | Error fault) {
      LOG.log(System.Logger.Level.ERROR, "An answer was not renewed.", fault);
    }
  }

  /** Ends the threads; one that waits for an answer ends with its connection. */
  @Override
  public void close() {
    executor.shutdownNow();
    threads.close();
  }
}
