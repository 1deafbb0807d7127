/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Sockets on the loopback interface that a thread accepts connections from. */
final class Listeners {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 30_000;
  private static final int BACKLOG = 512;

  private Listeners() {}

  /**
   * Opens one on a port that nobody listens on, below those that systems give to outgoing
   * connections: when it is closed nobody else gets the port, not even who tries to connect to it.
   */
  static ServerSocket open() throws IOException {
    while (true) {
      try {
        return open(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST));
      } catch (BindException e) {
        // Somebody listens there: another port.
      }
    }
  }

  /** Opens one on that port. */
  static ServerSocket open(int port) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    return listener;
  }

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
