/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way to a server on the loopback address, with the faults of networks: it hands octets on and
 * understands none, so that TLS goes through it as it is. What it does to the octets can be changed
 * at any time and holds for the connections that are open, too. Safe for use by several threads.
 */
public final class FaultyLink implements AutoCloseable {

  /** What becomes of the octets that come from the server. */
  private interface Fault {
    void forward(Connection connection, byte[] octets, int count)
        throws IOException, InterruptedException;
  }

  private static final Fault NONE = (connection, octets, count) -> connection.send(octets, count);

  private final int server;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "dribbling"));
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private Optional<ServerSocket> listener = Optional.empty();
  private Thread accepting = new Thread();
  private int port;
  private Fault fault = NONE;
  private boolean stalled;
  private boolean resetting;

  private FaultyLink(int server) {
    this.server = server;
  }

  /** Leads from a free port to that one. */
  public static FaultyLink to(int port) throws IOException {
    FaultyLink link = new FaultyLink(port);
    link.listens();
    return link;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** {@code 127.0.0.1:port}. */
  public String hostAndPort() {
    return "127.0.0.1:" + port;
  }

  /** How many connections it has accepted so far. */
  public int connections() {
    return accepted.get();
  }

  /** Hands everything on, also what a stall has held back. */
  public void passes() {
    behaves(NONE, false, false);
  }

  /** Resets the connections that are open, and each one after it was accepted. */
  public void resets() {
    behaves(NONE, false, true);
    resetAll();
  }

  /** Accepts connections and holds back what comes, from both sides. */
  public void stalls() {
    behaves(NONE, true, false);
  }

  /** Ends a connection in good order after that many octets more from the server. */
  public void truncatesAfter(int octets) {
    behaves((connection, some, count) -> connection.cut(octets, some, count, false), false, false);
  }

  /** Resets a connection after that many octets more from the server. */
  public void resetsAfter(int octets) {
    behaves((connection, some, count) -> connection.cut(octets, some, count, true), false, false);
  }

  /** Hands on what the server says an octet at a time. */
  public void dribbles(long millis) {
    behaves((connection, some, count) -> dribble(connection, some, count, millis), false, false);
  }

  /** When the server has something to say, ends its direction only and swallows it. */
  public void closesHalfWay() {
    behaves((connection, some, count) -> connection.client.shutdownOutput(), false, false);
  }

  /** Resets the connections that are open and refuses new ones. */
  public synchronized void refuses() throws IOException {
    if (listener.isPresent()) {
      Listeners.close(listener.get(), accepting);
      listener = Optional.empty();
    }
    resetAll();
  }

  /** Accepts connections again, on the same port, and hands everything on. */
  public synchronized void listens() throws IOException {
    passes();
    if (listener.isEmpty()) {
      ServerSocket socket = port == 0 ? Listeners.open() : Listeners.open(port);
      port = socket.getLocalPort();
      listener = Optional.of(socket);
      accepting = started(() -> accept(socket), "accept");
    }
  }

  /** Ends the connections that are open in good order, as a server does with idle ones. */
  public void closesIdle() {
    open.forEach(Connection::close);
  }

  /**
   * Forgets the connections that are open without a word: what comes over them from either side is
   * lost. Those made from now on are as ever.
   */
  public void forgetsConnections() {
    open.forEach(connection -> connection.forgotten = true);
  }

  @Override
  public void close() throws IOException {
    refuses();
    clock.shutdownNow();
  }

  private void behaves(Fault next, boolean stalls, boolean resets) {
    synchronized (open) {
      fault = next;
      stalled = stalls;
      resetting = resets;
      open.forEach(connection -> connection.answered.set(0));
      open.notifyAll();
    }
  }

  private void resetAll() {
    open.forEach(Connection::reset);
  }

  private void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket client = listening.accept();
        accepted.incrementAndGet();
        connect(new Connection(client, new Socket()));
      }
    } catch (IOException e) {
      // It refuses connections.
    }
  }

  private void connect(Connection connection) {
    open.add(connection);
    synchronized (open) {
      if (resetting) {
        connection.reset();
        return;
      }
    }
    try {
      connection.server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
      connection.client.setTcpNoDelay(true);
      connection.server.setTcpNoDelay(true);
      started(() -> pump(connection, connection.client, this::toServer), "to-server");
      started(() -> pump(connection, connection.server, this::toClient), "to-client");
    } catch (IOException e) {
      connection.reset();
    }
  }

  private void pump(Connection connection, Socket from, Fault direction) {
    byte[] octets = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
        if (connection.forgotten) {
          continue;
        }
        direction.forward(connection, octets, count);
      }
      present();
      connection.close();
    } catch (IOException e) {
      connection.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void toServer(Connection connection, byte[] octets, int count)
      throws IOException, InterruptedException {
    present();
    connection.server.getOutputStream().write(octets, 0, count);
  }

  private void toClient(Connection connection, byte[] octets, int count)
      throws IOException, InterruptedException {
    present().forward(connection, octets, count);
  }

  /** The fault of now; waits while everything is held back. */
  private Fault present() throws InterruptedException {
    synchronized (open) {
      while (stalled) {
        open.wait();
      }
      return fault;
    }
  }

  private void dribble(Connection connection, byte[] octets, int count, long millis)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      byte[] octet = {octets[i]};
      try {
        clock.schedule(() -> connection.send(octet), millis, TimeUnit.MILLISECONDS).get();
      } catch (ExecutionException e) {
        throw new IOException(e);
      }
    }
  }

  private static Thread started(Runnable work, String name) {
    Thread thread = daemon(work, name);
    thread.start();
    return thread;
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, "faulty-link-" + name);
    thread.setDaemon(true);
    return thread;
  }

  /** Both halves of one connection. */
  private final class Connection {

    private final Socket client;
    private final Socket server;
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean forgotten;

    Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void send(byte[] octets, int count) throws IOException {
      client.getOutputStream().write(octets, 0, count);
    }

    byte[] send(byte[] octets) throws IOException {
      send(octets, octets.length);
      return octets;
    }

    void cut(int limit, byte[] octets, int count, boolean abruptly) throws IOException {
      int rest = Math.max(0, Math.min(count, limit - answered.get()));
      send(octets, rest);
      if (answered.addAndGet(rest) >= limit) {
        if (abruptly) {
          reset();
        } else {
          close();
        }
      }
    }

    void close() {
      end(false);
    }

    void reset() {
      end(true);
    }

    private void end(boolean abruptly) {
      open.remove(this);
      for (Socket socket : new Socket[] {client, server}) {
        try (socket) {
          if (abruptly && !socket.isClosed()) {
            socket.setSoLinger(true, 0);
          }
        } catch (IOException e) {
          // Its peer was faster.
        }
      }
    }
  }
}
