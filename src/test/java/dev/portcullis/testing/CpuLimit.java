/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Finds inputs that take long, while a fuzzer runs: by the time the processor spends on them, which
 * other processes do not lengthen. What seems slow is done again and again, so that neither code
 * that was not compiled yet nor a collection of garbage is taken for it. Outside of fuzzing nothing
 * is measured, as a build says little about time. For one thread.
 */
public final class CpuLimit {

  /** Something that may be slow. */
  @FunctionalInterface
  public interface Task {
    /** Does it; again and again if it seems slow. */
    void run() throws Exception;
  }

  private static final boolean MEASURES =
      System.getenv("JAZZER_FUZZ") != null || Boolean.getBoolean("fuzz.time");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 5_000;
  private static final int REPETITIONS = 300;
  private static final long PATIENCE = 2_000_000_000;

  private final long nanos;
  private int runs;

  /** A limit of that many milliseconds. */
  public CpuLimit(long millis) {
    this.nanos = millis * 1_000_000;
  }

  /** Does a task; fails if it takes longer each time it is done. */
  public void run(Task task) throws Exception {
    if (!MEASURES || runs < WARM_UP) {
      runs++;
      task.run();
      return;
    }
    long begin = THREADS.getCurrentThreadCpuTime();
    long end = begin;
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < REPETITIONS && shortest > nanos && end - begin < PATIENCE; i++) {
      long start = end;
      task.run();
      end = THREADS.getCurrentThreadCpuTime();
      shortest = Math.min(shortest, end - start);
    }
    if (shortest > nanos) {
      throw new AssertionError("takes " + shortest / 1000 + " microseconds");
    }
  }
}
