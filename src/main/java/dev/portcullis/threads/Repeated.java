/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.threads;

import java.lang.System.Logger.Level;

/**
 * Work that is done again and again whatever it throws: an executor would end the schedule without
 * a word. Says once that it fails, until it works again. For one thread at a time.
 */
public final class Repeated implements Runnable {

  private static final System.Logger LOG = System.getLogger(Repeated.class.getName());

  private final String name;
  private final Runnable work;
  private boolean isBroken;

  /** Makes it of a piece of work that goes by that name in the log. */
  public Repeated(String name, Runnable work) {
    this.name = name;
    this.work = work;
  }

  @Override
  public void run() {
    try {
      work.run();
      isBroken = false;
    } catch (RuntimeException | Error fault) {
      if (!isBroken) {
        isBroken = true;
        tell(name, fault);
      }
    }
  }

  /** Tells the log of a fault, by its kind and place: a message could repeat a secret. */
  static void tell(String name, Throwable fault) {
    try {
      StackTraceElement[] trace = fault.getStackTrace();
      LOG.log(
          Level.ERROR,
          "{0} failed: {1} at {2}",
          name,
          fault.getClass().getName(),
          trace.length == 0 ? "an unknown place" : trace[0]);
    } catch (RuntimeException | Error another) {
      // The log failed, too: nobody is left to tell.
    }
  }
}
