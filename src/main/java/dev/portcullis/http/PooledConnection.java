/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the pool. Unlike the library's own it can log neither header fields nor octets,
 * never waits when it is closed, and is not used again when something came that no one asked for:
 * such octets would be taken for the answer to the next request. For one thread at a time.
 */
final class PooledConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {

  /** How long an idle connection is taken to be still open without trying: the trial takes 1 ms. */
  private static final long TRUSTED = TimeUnit.SECONDS.toNanos(1);

  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(8192).setMaxHeaderCount(100).build();

  private @Nullable Socket raw;
  private long idleSince;

  PooledConnection() {
    super(LIMITS);
  }

  @Override
  protected void bind(SocketHolder holder) throws IOException {
    super.bind(holder);
    raw = holder.getBaseSocket();
  }

  /** The socket below any TLS. */
  Socket rawSocket() throws IOException {
    return ensureOpen().getBaseSocket();
  }

  /** Octets of answers that came so far. */
  long received() {
    EndpointDetails details = getEndpointDetails();
    return details == null ? 0 : details.getReceivedBytesCount();
  }

  @Override
  public boolean isStale() throws IOException {
    if (!isOpen()) {
      return true;
    }
    boolean silent = rawSocket().getInputStream().available() == 0;
    if (silent && System.nanoTime() - idleSince < TRUSTED) {
      return false;
    }
    return super.isStale() || isDataAvailable(Timeout.ONE_MILLISECOND);
  }

  @Override
  public @Nullable Socket getSocket() {
    SocketHolder holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
  }

  @Override
  public void bind(SSLSocket secured, Socket socket) throws IOException {
    super.bind(secured, socket);
  }

  @Override
  public void passivate() {
    idleSince = System.nanoTime();
  }

  @Override
  public void activate() {
    // The time-out is set for each request.
  }

  @Override
  public void close() {
    close(CloseMode.GRACEFUL);
  }

  /** Closes the socket below TLS: to close TLS in good order would wait for the peer. */
  @Override
  public void close(CloseMode mode) {
    Socket socket = raw;
    if (mode == CloseMode.GRACEFUL && socket != null) {
      closeOrderly(socket);
    }
    super.close(CloseMode.IMMEDIATE);
  }

  private static void closeOrderly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      Watchdog.abort(socket);
    }
  }
}
