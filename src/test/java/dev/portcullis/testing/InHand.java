/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The requests that applications under test have in hand. A client has its response before that is
 * over: the audit entry, for one, is still to come, and must not be taken for that of the next
 * request.
 */
final class InHand extends Handler.Wrapper {

  private static final long PATIENCE = 5;
  private static final ConcurrentMap<Connection, CountDownLatch> REQUESTS =
      new ConcurrentHashMap<>();

  /** Takes note of what that handler has in hand. */
  InHand(Handler handler) {
    super(handler);
  }

  private record Connection(int server, int client) {}

  /** Waits, for a limited time, until a request of that connection has left the application. */
  static void awaitEnd(int server, int client) {
    CountDownLatch end =
        REQUESTS.getOrDefault(new Connection(server, client), new CountDownLatch(0));
    try {
      end.await(PATIENCE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connection connection =
        new Connection(Request.getLocalPort(request), Request.getRemotePort(request));
    CountDownLatch end = new CountDownLatch(1);
    REQUESTS.put(connection, end);
    try {
      return super.handle(request, response, callback);
    } finally {
      REQUESTS.remove(connection, end);
      end.countDown();
    }
  }
}
