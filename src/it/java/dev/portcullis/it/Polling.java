/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what other processes do, looking again and again, and not forever. */
public final class Polling {

  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Polling() {}

  /**
   * Tries until there is a result.
   *
   * @param limit how long
   * @param complaint what to say if there is none by then
   */
  public static <T> T await(
      Duration limit, Supplier<String> complaint, Callable<Optional<T>> attempt) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> result = attempt.call();
      if (result.isPresent()) {
        return result.get();
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + limit + ": " + complaint.get());
      }
      Thread.sleep(INTERVAL.toMillis());
    }
  }
}
