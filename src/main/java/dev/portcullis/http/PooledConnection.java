/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpHost;
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
  private boolean looking;
  private long idleSince;
  private final Vintage vintage;
  private final Supplier<?> current;
  private final Object madeWith;
  private @Nullable HttpHost target;
  private long openedAt;

  /**
   * Makes a connection that is not open yet.
   *
   * @param current what connections are made with now; when that is another than now, this one is
   *     not used again
   */
  PooledConnection(Vintage vintage, Supplier<?> current) {
    super(LIMITS);
    this.vintage = vintage;
    this.current = current;
    this.madeWith = current.get();
  }

  /** To be called before it is opened: what is open later cannot be older. */
  void leadsTo(HttpHost host) {
    target = host;
    openedAt = vintage.now();
  }

  /** What is open to the same target now, this one included, is not used again. */
  void endVintage() {
    if (target != null) {
      vintage.endWith(target);
    }
  }

  @Override
  public void bind(Socket socket) throws IOException {
    raw = socket;
    bind(new Holder(socket));
  }

  @Override
  public void bind(SSLSocket secured, Socket socket) throws IOException {
    raw = socket;
    bind(new Holder(secured, socket));
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
    if (!isOpen() || madeWith != current.get() || isPast() || hasBuffered()) {
      return true;
    }
    boolean silent = rawSocket().getInputStream().available() == 0;
    boolean trusted = System.nanoTime() - idleSince < TRUSTED;
    return !(silent && trusted) && (super.isStale() || hasBuffered());
  }

  private boolean isPast() {
    return target == null || vintage.isPast(target, openedAt);
  }

  /** Whether octets were received and not read. Does not wait for any. */
  private boolean hasBuffered() throws IOException {
    looking = true;
    try {
      return isDataAvailable(Timeout.ONE_MILLISECOND);
    } finally {
      looking = false;
    }
  }

  @Override
  public @Nullable Socket getSocket() {
    SocketHolder holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
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

  /** Hides the socket from who only wants to look at what is buffered. */
  private final class Holder extends SocketHolder {

    Holder(Socket socket) {
      super(socket);
    }

    Holder(SSLSocket secured, Socket socket) {
      super(secured, socket);
    }

    @Override
    protected InputStream getInputStream(Socket socket) throws IOException {
      return new HiddenStream(super.getInputStream(socket));
    }
  }

  /** A stream on which nothing comes while someone is looking. */
  private final class HiddenStream extends FilterInputStream {

    HiddenStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      hide();
      return super.read();
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      hide();
      return super.read(octets, offset, length);
    }

    private void hide() throws SocketTimeoutException {
      if (looking) {
        throw new SocketTimeoutException();
      }
    }
  }
}
