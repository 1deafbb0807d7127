/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An introspection endpoint (RFC 7662) on the loopback address, written on raw sockets so that it
 * can say anything, octet by octet. It answers by token, and inactive for a token it does not know,
 * unless the next answers are scripted. Safe for use by several threads.
 *
 * <p>A connection is ended below its TLS: {@link SSLSocket#close} of another thread than the one
 * that reads can wait for ever, for octets that the reader took.
 */
public final class TestingAuthorizationServer implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 10_000;
  private static final String INACTIVE = "{\"active\":false}";

  private final Optional<SSLContext> tls;
  private final Map<String, Answer> tokens = new ConcurrentHashMap<>();
  private final Deque<Answer> script = new ArrayDeque<>();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final List<X509Certificate> shown = new CopyOnWriteArrayList<>();
  private boolean wantsCertificates;
  private Consumer<SSLSocket> preparation = socket -> {};
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Thread> serving = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private Optional<Answer> always = Optional.empty();
  private Optional<ServerSocket> listener = Optional.empty();
  private Thread accepting = new Thread();
  private CountDownLatch stopped = new CountDownLatch(1);
  private int port;

  private TestingAuthorizationServer(Optional<SSLContext> tls) {
    this.tls = tls;
  }

  /** Starts one that speaks plain HTTP, on a free port. */
  public static TestingAuthorizationServer plain() throws IOException {
    TestingAuthorizationServer server = new TestingAuthorizationServer(Optional.empty());
    server.start();
    return server;
  }

  /** The same on that port, or a free one if it is 0. */
  public static TestingAuthorizationServer on(int port) throws IOException {
    TestingAuthorizationServer server = new TestingAuthorizationServer(Optional.empty());
    server.port = port;
    server.start();
    return server;
  }

  /** Starts one that speaks TLS, on a free port. */
  public static TestingAuthorizationServer secured(SSLContext context) throws IOException {
    return secured(context, socket -> {});
  }

  /** The same, after something has been done to the socket of each connection. */
  public static TestingAuthorizationServer secured(
      SSLContext context, Consumer<SSLSocket> preparation) throws IOException {
    TestingAuthorizationServer server = new TestingAuthorizationServer(Optional.of(context));
    server.preparation = preparation;
    server.start();
    return server;
  }

  /** The same, and refuses connections without a certificate that the context trusts. */
  public static TestingAuthorizationServer mutual(SSLContext context) throws IOException {
    TestingAuthorizationServer server = new TestingAuthorizationServer(Optional.of(context));
    server.wantsCertificates = true;
    server.start();
    return server;
  }

  /** The certificate shown with each request so far, in order. */
  public List<X509Certificate> shown() {
    return new ArrayList<>(shown);
  }

  /** Listens, again on the same port if it has been stopped. */
  public synchronized void start() throws IOException {
    ServerSocket socket = port == 0 ? Listeners.open() : Listeners.open(port);
    port = socket.getLocalPort();
    stopped = new CountDownLatch(1);
    listener = Optional.of(socket);
    accepting = thread(() -> accept(socket), "accept");
  }

  /** Refuses connections from now on and ends those it has. */
  public synchronized void stop() throws IOException {
    stopped.countDown();
    if (listener.isPresent()) {
      Listeners.close(listener.get(), accepting);
    }
    open.forEach(TestingAuthorizationServer::reset);
    open.clear();
  }

  /** Ends the connections it has, in good order or abruptly, and goes on. */
  public void endConnections(boolean abruptly) throws IOException {
    for (Socket socket : open) {
      if (abruptly) {
        reset(socket);
      } else {
        socket.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** {@code 127.0.0.1:port}. */
  public String hostAndPort() {
    return "127.0.0.1:" + port;
  }

  /** Its URL with that path. */
  public String url(String path) {
    return (tls.isPresent() ? "https://" : "http://") + hostAndPort() + path;
  }

  /** The answer for a token, as JSON. */
  public TestingAuthorizationServer token(String token, String json) {
    return token(token, Answers.json(json));
  }

  /** The answer for a token. */
  public TestingAuthorizationServer token(String token, Answer answer) {
    tokens.put(token, answer);
    return this;
  }

  /** Forgets a token, as after its revocation. */
  public TestingAuthorizationServer revoke(String token) {
    tokens.remove(token);
    return this;
  }

  /** Scripts the next answers, whatever is asked. */
  public synchronized TestingAuthorizationServer next(Answer... answers) {
    script.addAll(List.of(answers));
    return this;
  }

  /** From now on always the same answer, whatever is asked. */
  public synchronized TestingAuthorizationServer always(Answer answer) {
    always = Optional.of(answer);
    return this;
  }

  /** Back to answers by token. */
  public synchronized TestingAuthorizationServer asUsual() {
    always = Optional.empty();
    script.clear();
    return this;
  }

  /** All requests so far. */
  public List<RecordedRequest> requests() {
    return new ArrayList<>(requests);
  }

  /** The only request so far. */
  public RecordedRequest onlyRequest() {
    List<RecordedRequest> all = requests();
    if (all.size() != 1) {
      throw new AssertionError("not one request but " + all.size());
    }
    return all.get(0);
  }

  /** How many connections were made so far. */
  public int connections() {
    return connections.get();
  }

  /** Waits, for a limited time, until the other side has closed all connections; whether it has. */
  public boolean areConnectionsClosed() throws InterruptedException {
    for (Thread connection : serving) {
      connection.join(PATIENCE_MILLIS);
    }
    return serving.stream().noneMatch(Thread::isAlive);
  }

  private void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        serving.add(thread(() -> serve(socket, number), "connection-" + number));
      }
    } catch (IOException e) {
      // Stopped.
    }
  }

  private void serve(Socket connection, int number) {
    try (connection;
        Socket socket = secured(connection)) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Wire wire = new Wire(socket, socket.getOutputStream(), stopped());
      for (Optional<RecordedRequest> request = read(in, number);
          request.isPresent();
          request = socket.isClosed() ? Optional.empty() : read(in, number)) {
        requests.add(request.get());
        if (wantsCertificates) {
          shown.add((X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0]);
        }
        answer(request.get()).give(request.get(), wire);
      }
    } catch (IOException e) {
      // The peer has gone, or TLS failed: for the test to see from its own side.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(connection);
    }
  }

  private Socket secured(Socket connection) throws IOException {
    if (tls.isEmpty()) {
      return connection;
    }
    InputStream nothingRead = null;
    SSLSocket socket =
        (SSLSocket) tls.get().getSocketFactory().createSocket(connection, nothingRead, true);
    socket.setNeedClientAuth(wantsCertificates);
    preparation.accept(socket);
    return socket;
  }

  private synchronized CountDownLatch stopped() {
    return stopped;
  }

  private synchronized Answer answer(RecordedRequest request) {
    if (!script.isEmpty()) {
      return script.remove();
    }
    return always.orElseGet(
        () -> tokens.getOrDefault(request.parameter("token").orElse(""), Answers.json(INACTIVE)));
  }

  /** Reads a request; nothing at the end of the stream. */
  static Optional<RecordedRequest> read(InputStream in, int connection) throws IOException {
    Optional<String> line = line(in);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = line.get().split(" ");
    List<String> fields = new ArrayList<>();
    for (String field = line(in).orElse(""); !field.isEmpty(); field = line(in).orElse("")) {
      fields.add(field);
    }
    RecordedRequest head = new RecordedRequest(parts[0], parts[1], fields, "", connection);
    int length = head.header("Content-Length").map(Integer::parseInt).orElse(0);
    String body = new String(in.readNBytes(length), ISO_8859_1);
    return Optional.of(new RecordedRequest(parts[0], parts[1], fields, body, connection));
  }

  private static Optional<String> line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        return Optional.empty();
      }
      line.write(octet);
    }
    return Optional.of(line.toString(ISO_8859_1).stripTrailing());
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // Closed already.
    }
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, "testing-authorization-server-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
