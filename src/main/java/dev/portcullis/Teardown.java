/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, the last first. One that fails to close keeps no other from it. */
final class Teardown implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Teardown.class.getName());

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Remembers what is to be closed. */
  <T extends AutoCloseable> T add(T opened) {
    open.push(opened);
    return opened;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      close(open.pop());
    }
  }

  private static void close(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception | Error e) {
      LOG.log(System.Logger.Level.WARNING, "Closing failed: " + e.getClass().getName(), e);
    }
  }
}
