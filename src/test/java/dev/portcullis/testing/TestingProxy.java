/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A forward proxy on the loopback address: tunnels by {@code CONNECT} and requests in absolute
 * form, with or without Basic authentication. Keeps every octet its clients send, and says anything
 * else when told to. Safe for use by several threads.
 */
public final class TestingProxy implements AutoCloseable {

  private static final String TUNNEL = "CONNECT";

  private final ServerSocket listener;
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread accepting = thread(this::accept);
  private volatile Optional<String> credentials = Optional.empty();
  private volatile Optional<Answer> always = Optional.empty();

  private TestingProxy(ServerSocket listener) {
    this.listener = listener;
  }

  /** Starts one on a free port. */
  public static TestingProxy start() throws IOException {
    TestingProxy proxy = new TestingProxy(Listeners.open());
    proxy.accepting.start();
    return proxy;
  }

  /** Demands user name and password from now on. */
  public TestingProxy requiring(String username, String password) {
    byte[] pair = (username + ":" + password).getBytes(UTF_8);
    credentials = Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    return this;
  }

  /** Gives that answer to everything from now on. */
  public TestingProxy always(Answer answer) {
    always = Optional.of(answer);
    return this;
  }

  /** Its port. */
  public int port() {
    return listener.getLocalPort();
  }

  /** The settings that lead through it, as pairs of key and value, and some more. */
  public String[] settings(String... more) {
    String[] own = {
      "as.use-proxy", "true", "proxy.host", "127.0.0.1", "proxy.port", Integer.toString(port())
    };
    String[] all = Arrays.copyOf(own, own.length + more.length);
    System.arraycopy(more, 0, all, own.length, more.length);
    return all;
  }

  /** The requests to itself so far. */
  public List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  /** How many connections were made so far. */
  public int connections() {
    return connections.get();
  }

  /** Every octet that its clients have sent, as text. */
  public String seen() {
    synchronized (seen) {
      return seen.toString(ISO_8859_1);
    }
  }

  @Override
  public void close() throws IOException {
    stopped.countDown();
    Listeners.close(listener, accepting);
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      int number = connections.incrementAndGet();
      open.add(client);
      thread(() -> serve(client, number)).start();
    }
  }

  private void serve(Socket client, int number) throws IOException, InterruptedException {
    try (client) {
      InputStream in = new BufferedInputStream(new Recording(client.getInputStream()));
      Wire wire = new Wire(client, client.getOutputStream(), stopped);
      Optional<Socket> target = Optional.empty();
      while (!client.isClosed()) {
        Optional<RecordedRequest> request = TestingAuthorizationServer.read(in, number);
        if (request.isEmpty()) {
          return;
        }
        requests.add(request.get());
        Optional<Answer> refusal = refusal(request.get());
        if (refusal.isPresent()) {
          refusal.get().give(request.get(), wire);
        } else {
          if (target.isEmpty()) {
            target = Optional.of(connect(request.get(), wire));
          }
          forward(request.get(), in, target.get());
        }
      }
    }
  }

  private Optional<Answer> refusal(RecordedRequest request) {
    if (always.isPresent()) {
      return always;
    }
    return credentials.equals(request.header("Proxy-Authorization")) || credentials.isEmpty()
        ? Optional.empty()
        : Optional.of(Answers.status(407, "Proxy-Authenticate: Basic realm=\"proxy\"\r\n"));
  }

  private Socket connect(RecordedRequest request, Wire wire) throws IOException {
    boolean tunnel = request.method().equals(TUNNEL);
    URI target = URI.create(tunnel ? "tunnel://" + request.target() : request.target());
    Socket socket = new Socket(Proxy.NO_PROXY);
    socket.connect(new InetSocketAddress(target.getHost(), target.getPort()));
    open.add(socket);
    if (tunnel) {
      wire.send("HTTP/1.1 200 Connection established\r\n\r\n");
    }
    thread(() -> relay(socket, wire)).start();
    return socket;
  }

  private static void forward(RecordedRequest request, InputStream in, Socket target)
      throws IOException {
    if (request.method().equals(TUNNEL)) {
      in.transferTo(target.getOutputStream());
      target.close();
    } else {
      target.getOutputStream().write(originForm(request).getBytes(ISO_8859_1));
    }
  }

  private static String originForm(RecordedRequest request) {
    StringBuilder text = new StringBuilder(request.method());
    text.append(' ').append(URI.create(request.target()).getRawPath()).append(" HTTP/1.1\r\n");
    request.fields().stream()
        .filter(field -> !field.toLowerCase(Locale.ROOT).startsWith("proxy-"))
        .forEach(field -> text.append(field).append("\r\n"));
    return text.append("\r\n").append(request.body()).toString();
  }

  private static void relay(Socket target, Wire wire) throws IOException {
    byte[] octets = new byte[4096];
    InputStream in = target.getInputStream();
    for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
      wire.send(Arrays.copyOf(octets, count));
    }
    wire.close();
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static Thread thread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One side has gone: for the test to see from its own.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "testing-proxy");
    thread.setDaemon(true);
    return thread;
  }

  /** Keeps a copy of what is read. */
  private final class Recording extends FilterInputStream {

    Recording(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      int count = in.read(octets, offset, length);
      synchronized (seen) {
        seen.write(octets, offset, Math.max(0, count));
      }
      return count;
    }
  }
}
