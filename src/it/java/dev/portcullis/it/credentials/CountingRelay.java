/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port in front of a server that passes on what comes and counts the connections, so that one can
 * say that none came. Thread-safe.
 */
final class CountingRelay implements AutoCloseable {

  private static final int BACKLOG = 50;

  private final ServerSocket listener;
  private final int target;
  private final AtomicInteger connections = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Stands in front of that port of the loopback interface. */
  CountingRelay(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Where it listens. */
  int port() {
    return listener.getLocalPort();
  }

  /** How many connections have come so far. */
  int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        connections.incrementAndGet();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        threads.execute(() -> pump(near, far));
        threads.execute(() -> pump(far, near));
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** When one side ends, so does the other. */
  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The other direction has ended, and closed both.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
