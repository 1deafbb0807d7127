/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static dev.portcullis.testing.DpopClient.quote;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.api.ReplayStore;
import dev.portcullis.dpop.TestingNonces;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingReplayStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that share the record of used proofs, and what happens when it is not to be had. */
class SharedReplayStoreTest {

  private static final String URL = "https://api.example.com/r";
  private static final String BOUND = "Authorization: DPoP bound";
  private static final String KEY = "a2V5LWtleS1rZXkta2V5LWtleS1rZXkta2V5LWtleS1rZXk=";

  private final DpopClient client = DpopClient.of("ES256");
  private final TestingReplayStore.Shared shared = new TestingReplayStore.Shared();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("bound", "{\"active\":true,\"cnf\":" + client.confirmation() + "}");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  @DisplayName("DPOP-45: what was used on one node is refused on the other, if they share a store")
  void proofUsedElsewhere_isRefused() throws Exception {
    TestingApplication.Builder second = builder(shared.settings());
    try (TestingApplication one = builder(shared.settings()).start();
        TestingApplication other = second.start()) {
      String proof = proof();
      assertEquals(200, one.get("/r", BOUND, proof).status());
      assertEquals(401, other.get("/r", BOUND, proof).status());
      assertEquals("dpop_replay", reason(second.journal(), 1));
      assertEquals(200, other.get("/r", BOUND, proof()).status());
    }
    assertEquals(List.of("opened", "opened", "closed", "closed"), shared.events());
  }

  @Test
  @DisplayName("DPOP-45: where they do not, it passes there, and the log says so at the start")
  void localRecords_areWarnedOf() throws Exception {
    Map<String, String> nodes = Map.of("dpop.nonce-key", KEY);
    try (CapturedLog log = CapturedLog.of("dev.portcullis");
        TestingApplication one = builder(nodes).start();
        TestingApplication other = builder(nodes).start()) {
      String proof = proof();
      assertEquals(200, one.get("/r", BOUND, proof).status());
      assertEquals(200, other.get("/r", BOUND, proof).status());
      assertTrue(
          log.text()
              .contains(
                  "dpop.replay-store: local: nodes that share dpop.nonce-key do not share the"
                      + " record of used proofs."),
          log::text);
    }
  }

  @Test
  @DisplayName("DPOP-45: a store that throws is a 503 until it does not, and never a pass")
  void storeThatThrows_isAnOutage() throws Exception {
    assertOutage(
        (id, until) -> {
          throw new IOException("thrown by the test");
        });
    assertOutage(
        (id, until) -> {
          throw new LinkageError("thrown by the test");
        });
  }

  @Test
  @SuppressWarnings("NullAway") // what a user's class could do
  @DisplayName("DPOP-45: neither is one that does not say")
  void storeThatDoesNotSay_isAnOutage() throws Exception {
    assertOutage((id, until) -> null);
  }

  @Test
  @DisplayName("DPOP-45: a store that hangs is a 503 after two seconds, and never a pass")
  void storeThatHangs_isAnOutage() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    assertOutage(
        (id, until) -> {
          never.await();
          return ReplayStore.Outcome.FIRST_USE;
        });
  }

  @Test
  @DisplayName("DPOP-45, CFG-01: a class that is none, or a store that cannot be opened")
  void unusableStore_stopsTheStart(@TempDir Path folder) {
    Path trace = folder.resolve("closed");
    String key = "dpop.replay-store";
    assertEquals(
        List.of(key + ": '" + Hidden.class.getName() + "' must be public and not abstract."),
        mistakes(Map.of(key, Hidden.class.getName())));
    assertEquals(
        List.of(
            key
                + ": '"
                + Parameterised.class.getName()
                + "' must have a public constructor without parameters."),
        mistakes(Map.of(key, Parameterised.class.getName())));
    assertEquals(
        List.of(key + ": '" + Broken.class.getName() + "' cannot be opened: java.io.IOException"),
        mistakes(Map.of(key, Broken.class.getName(), key + ".trace", trace.toString())));
    assertTrue(Files.exists(trace), "what it has opened so far is closed");
    assertEquals(List.of(), shared.events());
  }

  @Test
  @DisplayName(
      "DPOP-43: a shared record outlives a restart, so what is from before it can pass once")
  void sharedRecord_outlivesARestart() throws Exception {
    String earlier = client.proof("GET", URL, "bound").at(Instant.now().minusSeconds(30)).line();
    try (TestingApplication application = builder(shared.settings()).start()) {
      assertEquals(200, application.get("/r", BOUND, earlier).status());
    }
    TestingApplication.Builder again = builder(shared.settings());
    try (TestingApplication application = again.start()) {
      assertEquals(401, application.get("/r", BOUND, earlier).status());
      assertEquals("dpop_replay", reason(again.journal(), 1));
    }
  }

  @Test
  @DisplayName("DPOP-43: a nonce from before a restart is replaced where nothing else outlives it")
  void nonceFromBeforeARestart_isReplaced() throws Exception {
    Map<String, String> local = Map.of("dpop.require-nonce", "true", "dpop.nonce-key", KEY);
    String earlier = withNonce(TestingNonces.issuedAt(Instant.now().minusSeconds(30), KEY));
    try (TestingApplication application = builder(local).start()) {
      Response response = application.get("/r", BOUND, earlier);
      assertEquals(401, response.status());
      assertTrue(response.challenges().toString().contains("error=\"use_dpop_nonce\""));
      String next = withNonce(response.header("dpop-nonce"));
      assertEquals(200, application.get("/r", BOUND, next).status());
    }
    TestingApplication.Builder sharing = builder(local);
    shared.settings().forEach(sharing::with);
    try (TestingApplication application = sharing.start()) {
      assertEquals(200, application.get("/r", BOUND, earlier).status());
      assertEquals(401, application.get("/r", BOUND, earlier).status());
    }
  }

  private void assertOutage(ReplayStore behaviour) throws Exception {
    TestingApplication.Builder builder = builder(shared.settings());
    try (CapturedLog log = CapturedLog.of("dev.portcullis.dpop");
        TestingApplication application = builder.start()) {
      shared.behaveAs(behaviour);
      Response response = application.get("/r", BOUND, proof());
      assertEquals(503, response.status());
      assertEquals("1", response.header("retry-after"));
      assertEquals(List.of(), response.challenges());
      assertEquals("replay_store_unavailable", reason(builder.journal(), 1));
      assertTrue(log.text().contains("does not answer"), log::text);
      shared.recover();
      assertEquals(200, application.get("/r", BOUND, proof()).status());
    }
  }

  private List<String> mistakes(Map<String, String> settings) {
    return StartProblems.of(builder(settings)).stream()
        .filter(line -> line.startsWith("dpop."))
        .toList();
  }

  private TestingApplication.Builder builder(Map<String, String> settings) {
    TestingApplication.Builder builder =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .with("dpop.type", "enabled")
            .with("request.base-urls", "https://api.example.com");
    settings.forEach(builder::with);
    return builder;
  }

  private static String reason(Journal journal, int number) throws Exception {
    return Journal.text(journal.request(number), AuditField.FAILED_RULE_TYPE);
  }

  private String proof() {
    return client.proof("GET", URL, "bound").line();
  }

  private String withNonce(String nonce) {
    return client.proof("GET", URL, "bound").claim("nonce", quote(nonce)).line();
  }

  /** Does nothing, and is none. */
  private abstract static class Nothing implements ReplayStore {

    @Override
    public Outcome register(String id, Instant until) {
      throw new IllegalStateException("never opened");
    }
  }

  /** Is not public. */
  static final class Hidden extends Nothing {}

  /** Has no constructor that could be called. */
  public static final class Parameterised extends Nothing {

    /** With a parameter. */
    public Parameterised(String parameter) {
      throw new IllegalStateException(parameter);
    }
  }

  /** Cannot be opened. */
  public static final class Broken extends Nothing {

    private Path trace = Path.of("");

    /** For the filter. */
    public Broken() {}

    @Override
    public void open(Map<String, String> settings) throws IOException {
      trace = Path.of(settings.get("trace"));
      throw new IOException("thrown by the test");
    }

    @Override
    public void close() {
      try {
        Files.createFile(trace);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
