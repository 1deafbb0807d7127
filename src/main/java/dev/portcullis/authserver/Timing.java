/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What time is to a client: the clock, the ticker, and how to wait.
 *
 * @param clock for entries
 * @param nanoTime for deadlines
 * @param pause between two attempts
 */
public record Timing(InstantSource clock, LongSupplier nanoTime, Pause pause) {

  /** A way to wait. */
  public interface Pause {
    /** Waits that long. */
    void pause(Duration time) throws InterruptedException;
  }

  /** The clocks of this machine. */
  public static Timing ofThisMachine() {
    return new Timing(
        InstantSource.system(), System::nanoTime, time -> Thread.sleep(time.toMillis()));
  }
}
