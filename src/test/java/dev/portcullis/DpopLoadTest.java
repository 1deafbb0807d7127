/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Many proofs at once and many proofs in all, through the whole filter. {@code
 * -Dportcullis.proofs.full=true} makes it 1,000 rounds, 3,000 good and a million worthless proofs.
 * What it took is in {@code target/dpop-load.txt}.
 */
class DpopLoadTest {

  private static final boolean IS_FULL = Boolean.getBoolean("portcullis.proofs.full");
  private static final int ROUNDS = IS_FULL ? 1_000 : 20;
  private static final int COPIES = 64;
  private static final int GOOD = IS_FULL ? 3_000 : 500;
  private static final int WORTHLESS = IS_FULL ? 1_000_000 : 2_000;
  private static final int PLACES = 1_000;
  private static final int CONNECTIONS = 4;
  private static final String URL = "https://api.example.com/r";
  private static final String BOUND = "Authorization: DPoP bound";

  private final DpopClient client = DpopClient.of("ES256");
  private final DpopClient stranger = DpopClient.of("ES256");
  private final String otherSignature =
      client.proof("GET", URL, "bound").toString().split("\\.")[2];
  private final ExecutorService pool = Executors.newFixedThreadPool(COPIES);
  private final List<RawHttp> connections = new ArrayList<>();
  private final TestingApplication.Builder builder = TestingApplication.builder();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("bound", "{\"active\":true,\"cnf\":" + client.confirmation() + "}");
    builder
        .withoutJournal()
        .asking(server.url("/introspect"))
        .with("audit.sinks", "none")
        .with("dpop.type", "enabled")
        .with("request.base-urls", "https://api.example.com")
        .with("cache.tokens", "true")
        .with("cache.default-time-to-live", "3600");
  }

  @AfterEach
  void stop() throws Exception {
    pool.shutdownNow();
    for (RawHttp connection : connections) {
      connection.close();
    }
    server.close();
  }

  @Test
  @DisplayName("DPOP-41: of 64 copies of a proof at once exactly one passes, in each round")
  void parallelCopies_passOnce() throws Exception {
    try (TestingApplication application = builder.start()) {
      connect(application, COPIES);
      CyclicBarrier barrier = new CyclicBarrier(COPIES);
      long start = System.nanoTime();
      for (int round = 0; round < ROUNDS; round++) {
        String proof = proof();
        List<Integer> statuses =
            onEach(
                connection -> {
                  barrier.await();
                  return connection.send("GET", "/r", BOUND, proof).status();
                });
        assertEquals(1, Collections.frequency(statuses, 200), statuses::toString);
        assertEquals(COPIES - 1, Collections.frequency(statuses, 401), statuses::toString);
      }
      report(ROUNDS + " rounds of " + COPIES + " copies", start);
    }
  }

  @Test
  @DisplayName("DPOP-40: of good proofs of one key, as fast as they can come, none is refused")
  void goodProofsOfOneKey_allPass() throws Exception {
    try (TestingApplication application = builder.start()) {
      connect(application, CONNECTIONS);
      List<String> proofs = Stream.generate(this::proof).limit(GOOD).toList();
      long start = System.nanoTime();
      assertEquals(Map.of(200, GOOD), sendAll(proofs));
      report(GOOD + " good proofs of one key", start);
      assertEquals(Map.of(401, GOOD), sendAll(proofs));
    }
  }

  @Test
  @DisplayName(
      "DPOP-42: worthless proofs take up no room; when it is full, 503, and none forgotten")
  void worthlessProofs_takeUpNoRoom() throws Exception {
    builder.with("dpop.replay-store-max-entries", Integer.toString(PLACES));
    try (TestingApplication application = builder.start()) {
      connect(application, CONNECTIONS);
      long start = System.nanoTime();
      sendWorthless();
      report(WORTHLESS + " worthless proofs", start);
      List<String> proofs = Stream.generate(this::proof).limit(PLACES).toList();
      assertEquals(Map.of(200, PLACES), sendAll(proofs));
      Response full = connections.get(0).send("GET", "/r", BOUND, proof());
      assertEquals(503, full.status());
      assertEquals("1", full.header("retry-after"));
      assertEquals(Map.of(401, PLACES), sendAll(proofs));
    }
  }

  /** Of a hundred, one is by a foreign key, one for an unknown token, 98 have a bad signature. */
  private void sendWorthless() throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Integer> refused =
        onEach(
            connection -> {
              int count = 0;
              for (int i = next.getAndIncrement(); i < WORTHLESS; i = next.getAndIncrement()) {
                Response response = connection.send("GET", "/r", worthless(i));
                assertEquals(401, response.status());
                assertTrue(response.challenges().toString().contains(error(i)), response::toString);
                count++;
              }
              return count;
            });
    assertEquals(WORTHLESS, refused.stream().mapToInt(Integer::intValue).sum());
  }

  private String[] worthless(int number) {
    return switch (number % 100) {
      case 0 -> new String[] {BOUND, stranger.proof("GET", URL, "bound").line()};
      case 1 ->
          new String[] {"Authorization: DPoP unknown", client.proof("GET", URL, "unknown").line()};
      default -> new String[] {BOUND, forged()};
    };
  }

  private static String error(int number) {
    return number % 100 < 2 ? "invalid_token" : "invalid_dpop_proof";
  }

  /** All is as the client would have it, but for the signature, which is that of another proof. */
  private String forged() {
    DpopClient.Proof proof = client.proof("GET", URL, "bound");
    return "DPoP: "
        + encode(proof.headerJson())
        + "."
        + encode(proof.payloadJson())
        + "."
        + otherSignature;
  }

  private static String encode(String text) {
    return DpopClient.encode(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends each once; how often which status came. */
  private Map<Integer, Integer> sendAll(List<String> proofs) throws Exception {
    AtomicInteger next = new AtomicInteger();
    Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    onEach(
        connection -> {
          for (int i = next.getAndIncrement(); i < proofs.size(); i = next.getAndIncrement()) {
            int status = connection.send("GET", "/r", BOUND, proofs.get(i)).status();
            statuses.merge(status, 1, Integer::sum);
          }
          return statuses;
        });
    return statuses;
  }

  private void connect(TestingApplication application, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      connections.add(new RawHttp(application.port()));
    }
  }

  private <T> List<T> onEach(Work<T> work) throws Exception {
    List<Callable<T>> all = new ArrayList<>();
    for (RawHttp connection : connections) {
      all.add(() -> work.with(connection));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> result : pool.invokeAll(all)) {
      results.add(result.get());
    }
    return results;
  }

  /** What is done with each connection at the same time. */
  private interface Work<T> {
    T with(RawHttp connection) throws Exception;
  }

  private String proof() {
    return client.proof("GET", URL, "bound").line();
  }

  private static void report(String what, long start) throws IOException {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    Files.writeString(
        Path.of("target", "dpop-load.txt"),
        what + ": " + millis + " ms\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
