/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.http.TransportException.Stage;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.Gate;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** One exchange over a real socket, and what may go wrong with it. */
class ApacheHttpTransportTest {

  private static final String A = "{\"answer\":\"A\"}";
  private static final String B = "{\"answer\":\"B\"}";
  private static final Duration SHORT = Duration.ofMillis(250);
  private static final long SOON_AFTER = 350;

  private TestingAuthorizationServer server;
  private String url;

  @BeforeEach
  void start() throws IOException {
    server = TestingAuthorizationServer.plain();
    url = server.url("/introspect?a=b%20c");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void request_isSentAsItIs() throws Exception {
    try (TestingTransport transport = TestingTransport.with()) {
      transport.post(url);
    }
    RecordedRequest request = server.onlyRequest();
    assertEquals("POST", request.method());
    assertEquals("/introspect?a=b%20c", request.target());
    assertEquals("token=" + TestingTransport.TOKEN, request.body());
    assertEquals(Optional.of("yes"), request.header("X-Test"));
    assertEquals(Optional.of(server.hostAndPort()), request.header("Host"));
  }

  @Test
  @DisplayName("INT-10: no content coding is asked for; and neither expectation nor upgrade")
  void request_asksForNothingMore() throws Exception {
    try (TestingTransport transport = TestingTransport.with()) {
      transport.post(url);
    }
    RecordedRequest request = server.onlyRequest();
    for (String name : List.of("Accept-Encoding", "TE", "Expect", "Upgrade", "Cookie")) {
      assertEquals(List.of(), request.headers(name), name);
    }
  }

  @Test
  void answer_isReadWhole() throws Exception {
    server.next(Answers.full(200, "Content-Type: a/b;c=d\r\nRetry-After: 7\r\n", A));
    try (TestingTransport transport = TestingTransport.with()) {
      HttpReply reply = transport.post(url);
      assertEquals(200, reply.status());
      assertEquals(Optional.of("a/b;c=d"), reply.contentType());
      assertEquals(Optional.empty(), reply.contentEncoding());
      assertEquals(Optional.of("7"), reply.retryAfter());
      assertArrayEquals(A.getBytes(UTF_8), reply.body());
    }
  }

  @Test
  void chunkedAnswer_isReadWhole() throws Exception {
    server.next(Answers.chunked());
    try (TestingTransport transport = TestingTransport.with()) {
      assertEquals("{\"active\":true}", transport.text(url));
    }
  }

  @Test
  @DisplayName("INT-10: a coded body is handed on as it came, nothing is inflated")
  void codedBody_isNotDecoded() throws Exception {
    server.next(Answers.gzip());
    try (TestingTransport transport = TestingTransport.with()) {
      HttpReply reply = transport.post(url);
      assertEquals(Optional.of("gzip"), reply.contentEncoding());
      assertEquals((byte) 0x1F, reply.body()[0]);
    }
  }

  static List<Arguments> faults() {
    return List.of(
        Arguments.of(Stage.BROKEN, Answers.truncated()),
        Arguments.of(Stage.BROKEN, Answers.unendedChunks()),
        Arguments.of(Stage.BROKEN, Answers.resetAfterHeader()),
        Arguments.of(Stage.BROKEN, Answers.rawAndClose("SSH-2.0-x\r\n\r\n")),
        Arguments.of(Stage.BROKEN, Answers.rawAndClose("HTTP/9.1 200 OK\r\n\r\n")),
        Arguments.of(Stage.BROKEN, Answers.endlessHeader()),
        Arguments.of(
            Stage.BROKEN,
            Answers.rawAndClose(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")),
        Arguments.of(Stage.NO_ANSWER, Answers.close()),
        Arguments.of(Stage.NO_ANSWER, Answers.reset()),
        Arguments.of(Stage.TOO_LARGE, Answers.endlessChunks()),
        Arguments.of(Stage.TOO_LARGE, Answers.sized(65_537)),
        Arguments.of(Stage.TOO_LARGE, Answers.sizedUntilClose(65_537)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  @DisplayName("INT-09, INT-12: what is not a complete answer is told by its stage")
  void fault_isToldByItsStage(Stage stage, Answer answer) throws Exception {
    server.next(answer).always(Answers.json(B));
    try (TestingTransport transport = TestingTransport.with()) {
      assertEquals(stage, transport.failure(url));
      assertEquals(B, transport.text(url));
    }
    assertEquals(2, server.connections(), "the connection must not be used again");
  }

  @Test
  @DisplayName("INT-09: a body as large as allowed is read, one octet more is not")
  void bodyOfTheSizeAllowed_isRead() throws Exception {
    server.next(Answers.sized(2000), Answers.sizedUntilClose(2000), Answers.sized(2001));
    try (TestingTransport transport = TestingTransport.with("http.max-response-size", "2000")) {
      assertEquals(2000, transport.post(url).body().length);
      assertEquals(2000, transport.post(url).body().length);
      assertEquals(Stage.TOO_LARGE, transport.failure(url));
    }
  }

  @Test
  void largeBodyOfAnError_leavesItsStatusKnown() throws Exception {
    server.next(Answers.full(503, "Retry-After: 3\r\n", "x".repeat(100_000)));
    try (TestingTransport transport = TestingTransport.with()) {
      HttpReply reply = transport.post(url);
      assertEquals(503, reply.status());
      assertEquals(0, reply.body().length);
    }
  }

  @Test
  void refusedConnection_isNoConnection() throws Exception {
    server.stop();
    try (TestingTransport transport = TestingTransport.with()) {
      assertEquals(Stage.CONNECT, transport.failure(url));
    }
  }

  @Test
  @DisplayName("INT-12: a name without an address is no connection")
  void unknownHost_isNoConnection() {
    HostResolver.Lookup none =
        host -> {
          throw new UnknownHostException(host);
        };
    try (TestingTransport transport = TestingTransport.with(none)) {
      assertEquals(Stage.CONNECT, transport.failure("http://as.example/introspect"));
    }
  }

  @Test
  @DisplayName("INT-11: the deadline covers the name service")
  void hangingNameService_endsWithTheDeadline() {
    CountDownLatch never = new CountDownLatch(1);
    HostResolver.Lookup hanging =
        host -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    try (TestingTransport transport = TestingTransport.with(hanging)) {
      assertInTime(
          () -> assertEquals(Stage.CONNECT, transport.failure("http://as.example/i", SHORT)));
    } finally {
      never.countDown();
    }
  }

  static List<Answer> slow() {
    return List.of(
        Answers.stall(), Answers.stallAfterHeader(), Answers.dribble(20), Answers.dribbleBody(30));
  }

  @ParameterizedTest
  @MethodSource("slow")
  @DisplayName("INT-11: the deadline covers the header and the last octet of the body")
  void slowAnswer_endsWithTheDeadline(Answer answer) {
    server.always(answer);
    try (TestingTransport transport = TestingTransport.with()) {
      assertInTime(() -> assertEquals(Stage.TIMEOUT, transport.failure(url, SHORT)));
    }
  }

  @ParameterizedTest
  @MethodSource("slow")
  void slowAnswer_endsWithTheReadTimeout(Answer answer) {
    server.always(answer);
    try (TestingTransport transport = TestingTransport.with("http.read-timeout", "250")) {
      assertInTime(() -> assertEquals(Stage.TIMEOUT, transport.failure(url)));
    }
  }

  @Test
  void deadlineThatHasPassed_sendsNothing() {
    try (TestingTransport transport = TestingTransport.with()) {
      assertEquals(Stage.NOT_SENT, transport.failure(url, Duration.ZERO));
    }
    assertEquals(0, server.connections());
  }

  @Test
  @DisplayName("INT-27: a late answer is not taken for the answer to the next request")
  void lateAnswer_isNotTakenForTheNext() throws Exception {
    Gate gate = new Gate();
    server.next(Answers.after(gate, Answers.json(A)), Answers.json(B));
    try (TestingTransport transport = TestingTransport.with("http.max-connections", "1")) {
      assertEquals(Stage.TIMEOUT, transport.failure(url, SHORT));
      gate.open();
      assertEquals(B, transport.text(url));
    }
    assertEquals(2, server.connections());
  }

  @Test
  @DisplayName("INT-27: octets that no one asked for end the connection")
  void unaskedOctets_areNotTakenForTheNextAnswer() throws Exception {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n" + A;
    server.next(Answers.raw(answer + answer), Answers.json(B));
    try (TestingTransport transport = TestingTransport.with()) {
      assertEquals(A, transport.text(url));
      assertEquals(B, transport.text(url));
    }
    assertEquals(2, server.connections());
  }

  static List<Answer> endings() {
    return List.of(Answers.close(), Answers.reset(), Answers.stall());
  }

  @ParameterizedTest
  @MethodSource("endings")
  @DisplayName("FLD-20: a used connection that gives no octet is stale, and those beside it too")
  void usedConnectionWithoutAnswer_isStaleAndEmptiesThePool(Answer ending) throws Exception {
    Gate gate = new Gate();
    server.next(Answers.after(gate, Answers.json(A)), Answers.after(gate, Answers.json(A)));
    ExecutorService threads = Executors.newCachedThreadPool();
    try (TestingTransport transport = TestingTransport.with()) {
      Future<String> one = threads.submit(() -> transport.text(url));
      Future<String> other = threads.submit(() -> transport.text(url));
      gate.awaitArrivals(2);
      gate.open();
      assertEquals(A + A, one.get() + other.get());
      server.next(ending).always(Answers.json(B));
      assertEquals(Stage.STALE, transport.failure(url));
      assertEquals(B, transport.text(url));
    } finally {
      threads.shutdownNow();
    }
    assertEquals(3, server.connections(), "the other idle one must not be used either");
  }

  @Test
  @DisplayName("FLD-20: once an octet came over a used connection, it is not stale")
  void usedConnectionThatBeganToAnswer_isNotStale() throws Exception {
    server.next(Answers.json(A), Answers.resetAfterHeader());
    server.next(Answers.json(A), Answers.dribble(50));
    try (TestingTransport transport = TestingTransport.with("http.read-timeout", "1200")) {
      assertEquals(A, transport.text(url));
      assertEquals(Stage.BROKEN, transport.failure(url));
      assertEquals(A, transport.text(url));
      assertEquals(Stage.TIMEOUT, transport.failure(url));
    }
  }

  @Test
  @DisplayName("FLD-20: on a new connection the same end is a failure as ever")
  void newConnection_isNeverStale() throws Exception {
    server.next(Answers.json(A), Answers.json(B), Answers.reset());
    try (TestingTransport transport = TestingTransport.with()) {
      assertEquals(A, transport.text(url));
      assertEquals(200, transport.postOnNewConnection(url).status());
      assertEquals(2, server.connections());
      TransportException e =
          assertThrows(TransportException.class, () -> transport.postOnNewConnection(url));
      assertEquals(Stage.NO_ANSWER, e.stage());
    }
  }

  @ParameterizedTest
  @CsvSource({"299999999999, 1", "300000000000, 2"})
  @DisplayName("FLD-22: a connection is used for http.connection-max-age, however busy it is")
  void connection_isUsedUntilItsAge(long nanos, int connections) throws Exception {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    try (TestingTransport transport = TestingTransport.by(now::get)) {
      transport.post(url);
      now.addAndGet(nanos);
      transport.post(url);
    }
    assertEquals(connections, server.connections());
  }

  @Test
  @DisplayName("FLD-22: http.connection-max-age = 0 is for ever")
  void connectionWithoutMaxAge_isUsedOn() throws Exception {
    AtomicLong now = new AtomicLong();
    try (TestingTransport transport =
        TestingTransport.by(now::get, "http.connection-max-age", "0")) {
      transport.post(url);
      now.addAndGet(TimeUnit.DAYS.toNanos(100));
      transport.post(url);
    }
    assertEquals(1, server.connections());
  }

  @Test
  @DisplayName("FLD-22: a name that moves to another address is followed")
  void nameThatMoves_isFollowed() throws Exception {
    AtomicLong now = new AtomicLong();
    AtomicInteger lookups = new AtomicInteger();
    HostResolver.Lookup moving =
        host ->
            new InetAddress[] {
              InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2")
            };
    try (ServerSocket elsewhere =
            new ServerSocket(server.port(), 1, InetAddress.getByName("127.0.0.2"));
        TestingTransport transport = TestingTransport.with(moving, now::get)) {
      String name = "http://as.example:" + server.port() + "/introspect";
      transport.post(name);
      now.addAndGet(TimeUnit.SECONDS.toNanos(300));
      assertEquals(Stage.TIMEOUT, transport.failure(name, SHORT));
      elsewhere.accept().close();
    }
    assertEquals(1, server.requests().size());
  }

  @Test
  void connection_isUsedAgain() throws Exception {
    server.next(Answers.status(401), Answers.status(500), Answers.status(204));
    try (TestingTransport transport = TestingTransport.with()) {
      for (int i = 0; i < 6; i++) {
        transport.post(url);
      }
    }
    assertEquals(6, server.requests().size());
    assertEquals(1, server.connections());
  }

  @Test
  void keepAliveZero_usesNoConnectionAgain() throws Exception {
    try (TestingTransport transport = TestingTransport.with("http.keep-alive", "0")) {
      transport.post(url);
      transport.post(url);
    }
    assertEquals(2, server.connections());
  }

  @Test
  void keepAlive_endsAfterItsTime() throws Exception {
    try (TestingTransport transport = TestingTransport.with("http.keep-alive", "1")) {
      transport.post(url);
      long over = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
      while (System.nanoTime() < over) {
        Thread.onSpinWait();
      }
      transport.post(url);
    }
    assertEquals(2, server.connections());
  }

  @Test
  @DisplayName("INT-28: no more connections than allowed; who gets none in time is told so")
  void connections_areBounded() throws Exception {
    Gate gate = new Gate();
    server.always(Answers.after(gate, Answers.json(A)));
    ExecutorService threads = Executors.newCachedThreadPool();
    try (TestingTransport transport =
        TestingTransport.with("http.max-connections", "2", "http.pool-timeout", "50")) {
      List<Future<String>> calls = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        calls.add(threads.submit(() -> transport.text(url)));
      }
      gate.awaitArrivals(2);
      assertEquals(Stage.NOT_SENT, transport.failure(url));
      gate.open();
      for (Future<String> call : calls) {
        assertEquals(A, call.get());
      }
      assertEquals(2, server.connections());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void connections_areBoundedForEachTarget() throws Exception {
    Gate gate = new Gate();
    server.next(Answers.after(gate, Answers.json(A)));
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (TestingAuthorizationServer other = TestingAuthorizationServer.plain();
        TestingTransport transport = TestingTransport.ofTargets(2, "http.max-connections", "1")) {
      Future<String> call = threads.submit(() -> transport.text(url));
      gate.awaitArrivals(1);
      assertEquals(200, transport.post(other.url("/")).status());
      gate.open();
      assertEquals(A, call.get());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("INT-11: the deadline covers the connection")
  void connectionThatIsNotTaken_endsWithTheDeadline() throws Exception {
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestingTransport transport = TestingTransport.with()) {
      for (int i = 0; i < 4; i++) {
        SocketChannel channel = SocketChannel.open();
        waiting.add(channel);
        channel.configureBlocking(false);
        channel.connect(full.getLocalSocketAddress());
      }
      String unheard = "http://127.0.0.1:" + full.getLocalPort() + "/";
      long began = System.nanoTime();
      assertEquals(Stage.CONNECT, transport.failure(unheard, SHORT));
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      assertTrue(took < SHORT.toMillis() + SOON_AFTER, () -> took + " ms");
    } finally {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void close_endsCallsAndThreads() throws Exception {
    server.always(Answers.stall());
    TestingTransport transport = TestingTransport.with();
    CompletableFuture<HttpReply> call =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return transport.post(url);
              } catch (TransportException e) {
                throw new IllegalStateException(e);
              }
            });
    while (server.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    transport.close();
    assertThrows(ExecutionException.class, () -> call.get(10, TimeUnit.SECONDS));
    assertEquals(Stage.NOT_SENT, transport.failure(url));
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("portcullis-http")) {
        thread.join(10_000);
        assertFalse(thread.isAlive(), thread.getName());
      }
    }
  }

  @Test
  void cookies_areNotKept() throws Exception {
    server.next(Answers.status(200, "Set-Cookie: a=b; Path=/\r\n"));
    try (TestingTransport transport = TestingTransport.with()) {
      transport.post(url);
      transport.post(url);
    }
    assertEquals(List.of(), server.requests().get(1).headers("Cookie"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 407})
  void challenge_isNotAnswered(int status) throws Exception {
    server.next(
        Answers.status(
            status,
            "WWW-Authenticate: Basic realm=\"a\"\r\nProxy-Authenticate: Basic realm=b\r\n"));
    try (TestingTransport transport = TestingTransport.with()) {
      assertEquals(status, transport.post(url).status());
    }
    assertEquals(1, server.requests().size());
  }

  @Test
  @DisplayName("INT-07: a redirection is not followed")
  void redirection_isNotFollowed() throws Exception {
    try (TestingAuthorizationServer other = TestingAuthorizationServer.plain();
        TestingTransport transport = TestingTransport.with()) {
      server.next(Answers.redirect(307, other.url("/")));
      assertEquals(307, transport.post(url).status());
      assertEquals(0, other.connections());
    }
  }

  @Test
  void systemProxy_isNotUsed() throws Exception {
    try (TestingAuthorizationServer proxy = TestingAuthorizationServer.plain();
        TestingTransport transport = TestingTransport.with()) {
      System.setProperty("http.proxyHost", "127.0.0.1");
      System.setProperty("http.proxyPort", Integer.toString(proxy.port()));
      System.setProperty("http.nonProxyHosts", "");
      transport.post(url);
      assertEquals(0, proxy.connections());
    } finally {
      List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts")
          .forEach(System::clearProperty);
    }
  }

  @Test
  @DisplayName("LOG-02: header fields and bodies are not logged by the library, at any level")
  void library_logsNeitherHeaderNorBody() throws Exception {
    List<String> lines = new ArrayList<>();
    Handler handler = new RecordingHandler(lines);
    Logger logger = Logger.getLogger("org.apache.hc");
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
    try (TestingTransport transport = TestingTransport.with()) {
      server.next(Answers.json(A));
      transport.post(url);
      LoggerFactory.getLogger("org.apache.hc.client5.http.wire").warn("a warning is logged");
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(null);
    }
    assertFalse(lines.isEmpty(), "what the library warns of would be seen");
    String all = String.join("\n", lines);
    for (String secret : List.of(TestingTransport.TOKEN, "Y3JlZGVudGlhbA", "answer")) {
      assertFalse(all.contains(secret), all);
    }
  }

  @Test
  void failure_showsNothingReceived() {
    server.always(Answers.rawAndClose("HTTP/1.1 200 OK\r\ns3cret-t0ken\r\n\r\n"));
    try (TestingTransport transport = TestingTransport.with()) {
      TransportException e = assertThrows(TransportException.class, () -> transport.post(url));
      assertFalse(e.toString().contains(TestingTransport.TOKEN), e::toString);
      assertEquals(null, e.getCause());
    }
  }

  private static void assertInTime(Runnable call) {
    long began = System.nanoTime();
    call.run();
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    assertTrue(took >= SHORT.toMillis() - 1, () -> took + " ms: not for the time");
    assertTrue(took < SHORT.toMillis() + SOON_AFTER, () -> took + " ms");
  }

  /** Keeps what the library logs. */
  private static final class RecordingHandler extends Handler {

    private final List<String> lines;

    RecordingHandler(List<String> lines) {
      this.lines = lines;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
      lines.add(record.getMessage());
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
