/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.authserver.DocumentClient.Kind;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import dev.portcullis.http.ApacheHttpTransport;
import dev.portcullis.http.Deadline;
import dev.portcullis.http.HttpSettings;
import dev.portcullis.http.HttpTransport;
import dev.portcullis.keys.TlsMaterial;
import dev.portcullis.keys.TrustGroup;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that count, and all that do not. */
class DocumentClientTest {

  private static final String SETTING = "as.issuer";
  private static final String PATH = "/.well-known/document";

  private final List<AuditEvent> events = new ArrayList<>();
  private TestingAuthorizationServer server;
  private HttpTransport transport;

  @BeforeEach
  void open() throws Exception {
    server = TestingAuthorizationServer.plain();
    ConfigReader reader =
        new ConfigReader(List.of(PropertySource.of(Map.of("http.max-response-size", "1024"))));
    transport =
        new ApacheHttpTransport(
            HttpSettings.read(reader), TlsMaterial.load(TrustGroup.ofJava(), Optional.empty()), 1);
  }

  @AfterEach
  void close() throws Exception {
    transport.close();
    server.close();
  }

  private DocumentClient client(boolean isAudited) {
    return new DocumentClient(isAudited, transport, events::add, Timing.ofThisMachine());
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(5), System::nanoTime);
  }

  private String fetch(Kind kind) throws DocumentException {
    return client(true)
        .fetch(URI.create(server.url(PATH + "?q=1")), kind, SETTING, soon())
        .toString();
  }

  private Object outcome() {
    return events.get(0).get(AuditField.OUTCOME).orElseThrow();
  }

  @Test
  void document_isAskedForWithoutCredentials() throws Exception {
    server.always(Answers.json("{\"a\":1}"));

    assertEquals("{\"a\":1}", fetch(Kind.METADATA));

    RecordedRequest request = server.onlyRequest();
    assertEquals("GET", request.method());
    assertEquals(PATH + "?q=1", request.target());
    assertEquals(Optional.of("application/json"), request.header("Accept"));
    assertTrue(request.header("Authorization").isEmpty());
    assertTrue(request.body().isEmpty());
  }

  @Test
  @DisplayName("FLD-20: a connection that was given up costs no document")
  void connectionThatWasGivenUp_isNoFailure() throws Exception {
    server.next(Answers.json("{\"a\":1}"), Answers.close()).always(Answers.json("{\"a\":2}"));

    assertEquals("{\"a\":1}", fetch(Kind.METADATA));
    assertEquals("{\"a\":2}", fetch(Kind.METADATA));

    assertEquals(2, events.size());
  }

  @Test
  void exchange_isAnEntryWithoutTheQuery() throws Exception {
    server.always(Answers.json("{}"));

    fetch(Kind.METADATA);

    AuditEvent entry = events.get(0);
    assertEquals(AuditEvent.Type.AS_REQUEST, entry.type());
    assertEquals(Optional.of("GET"), entry.get(AuditField.METHOD));
    assertEquals(Optional.of(PATH), entry.get(AuditField.REQUEST_URI));
    assertEquals(Optional.of(200L), entry.get(AuditField.RESPONSE_CODE));
    assertEquals(Optional.of("fetched"), entry.get(AuditField.OUTCOME));
    assertEquals(Optional.of(server.hostAndPort()), entry.get(AuditField.TARGET_HOST));
    assertEquals(Optional.empty(), entry.get(AuditField.EXCHANGE_ID));
  }

  @Test
  void exchange_isNoEntryWhereThoseAreNotWanted() throws Exception {
    server.always(Answers.json("{}"));

    client(false).fetch(URI.create(server.url("")), Kind.METADATA, SETTING, soon());

    assertEquals(List.of(), events);
    assertEquals("/", server.onlyRequest().target());
  }

  @Test
  void keySet_hasAMediaTypeOfItsOwnToo() throws Exception {
    server.next(
        Answers.typed("application/jwk-set+json", "{}"),
        Answers.typed("application/json; charset=utf-8", "{}"),
        Answers.typed("application/jwk-set+json", "{}"));

    assertEquals("{}", fetch(Kind.KEY_SET));
    assertEquals("{}", fetch(Kind.KEY_SET));
    assertThrows(DocumentException.class, () -> fetch(Kind.METADATA));
  }

  static List<Answer> noDocuments() {
    return List.of(
        Answers.typed("text/html", "{}"),
        Answers.typed("application/jsonp", "{}"),
        Answers.typed("", "{}"),
        Answers.json("[]"),
        Answers.json("{} {}"),
        Answers.json("{\"a\":1,\"a\":2}"),
        Answers.json(""),
        Answers.sized(1025),
        Answers.gzip(),
        Answers.truncated());
  }

  @ParameterizedTest
  @MethodSource("noDocuments")
  @DisplayName("DIS-03: only one JSON object of bounded size in application/json is a document")
  void whatIsNoDocument_isAFailure(Answer answer) {
    server.always(answer);

    DocumentException failure = assertThrows(DocumentException.class, () -> fetch(Kind.METADATA));

    boolean isLarge = failure.setting().equals("http.max-response-size");
    assertTrue(isLarge || failure.setting().equals(SETTING), failure.setting());
    assertEquals("bad-response", outcome());
  }

  @Test
  @DisplayName("DIS-03: another status is no document, and a redirect is not followed")
  void otherStatus_isAFailure() throws Exception {
    try (TestingAuthorizationServer elsewhere = TestingAuthorizationServer.plain()) {
      for (int status : new int[] {201, 301, 302, 307, 308, 401, 404, 500}) {
        events.clear();
        server.next(Answers.redirect(status, elsewhere.url("/")));

        DocumentException failure =
            assertThrows(DocumentException.class, () -> fetch(Kind.METADATA));

        assertEquals("status " + status, failure.problem());
        assertEquals("status", outcome());
      }
      assertEquals(0, elsewhere.connections());
      assertEquals(8, server.requests().size());
    }
  }

  @Test
  void noConnection_namesTheSetting() throws Exception {
    server.stop();

    DocumentException failure = assertThrows(DocumentException.class, () -> fetch(Kind.METADATA));

    assertEquals(SETTING, failure.setting());
    assertEquals("connect-failed", outcome());
  }

  @Test
  void silence_endsWithTheDeadline() {
    server.always(Answers.stallAfterHeader());

    assertThrows(
        DocumentException.class,
        () ->
            client(true)
                .fetch(
                    URI.create(server.url(PATH)),
                    Kind.METADATA,
                    SETTING,
                    Deadline.in(Duration.ofMillis(200), System::nanoTime)));

    assertEquals("timeout", outcome());
  }
}
