/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.io.IOException;
import java.net.ServerSocket;

/** Sockets that a thread accepts connections from. */
final class Listeners {

  private Listeners() {}

  /**
   * Closes one, and waits for its thread: until that has left the system call, the port is open.
   */
  static void close(ServerSocket listener, Thread accepting) throws IOException {
    listener.close();
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
