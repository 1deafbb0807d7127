/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * CPU time of the measuring thread, which other load of the machine disturbs less than the time on
 * the wall.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuTime {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Nanoseconds of all operations. */
  public long cpu;

  /** How many operations there were. */
  public long operations;

  /** Begins anew. */
  @Setup(Level.Iteration)
  public void reset() {
    cpu = 0;
    operations = 0;
  }

  long now() {
    return THREADS.getCurrentThreadCpuTime();
  }

  void add(long since, int number) {
    cpu += now() - since;
    operations += number;
  }
}
