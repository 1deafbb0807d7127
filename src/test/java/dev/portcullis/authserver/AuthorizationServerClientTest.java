/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.authserver.AuthorizationServerException.Kind;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client over real sockets. */
class AuthorizationServerClientTest {

  private static final String ACTIVE = "{\"active\":true}";

  private TestingAuthorizationServer server;
  private TestingAuthorizationServer other;

  @BeforeEach
  void start() throws IOException {
    server = TestingAuthorizationServer.plain().token(TestingClient.TOKEN, ACTIVE);
    other = TestingAuthorizationServer.plain().token(TestingClient.TOKEN, ACTIVE);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    other.close();
  }

  private TestingClient.Builder client() {
    return TestingClient.of(server.hostAndPort());
  }

  @Test
  @DisplayName("INT-01, INT-04: a form posted to the endpoint, the token nowhere but in the body")
  void introspection_isAFormPostedToTheEndpoint() throws Exception {
    try (TestingClient client =
        client().with("as.introspection-endpoint", "/introspect?tenant=a%20b").connected()) {
      AuthorizationServerReply reply = client.introspect("t/+&= é");
      assertEquals(Optional.of("application/json"), reply.contentType());
      assertEquals("{\"active\":false}", new String(reply.body(), UTF_8));
    }
    RecordedRequest request = server.onlyRequest();
    assertEquals("POST", request.method());
    assertEquals("/introspect?tenant=a%20b", request.target());
    assertEquals("token=t%2F%2B%26%3D+%C3%A9&token_type_hint=access_token", request.body());
    assertEquals(Optional.of("application/x-www-form-urlencoded"), request.header("Content-Type"));
    assertEquals(Optional.of("application/json"), request.header("Accept"));
  }

  @Test
  @DisplayName("CAU-02: identifier and secret are form-encoded before Basic encodes them")
  void basic_formEncodesIdentifierAndSecret() throws Exception {
    try (TestingClient client =
        client().with("client.id", "a:b c").with("client.secret", "p%+é:").connected()) {
      client.introspect();
    }
    // base64 of a%3Ab+c:p%25%2B%C3%A9%3A
    assertEquals(
        Optional.of("Basic YSUzQWIrYzpwJTI1JTJCJUMzJUE5JTNB"),
        server.onlyRequest().header("Authorization"));
  }

  @Test
  @DisplayName("CAU-01: with basic there is no other credential")
  void basic_isTheOnlyCredential() throws Exception {
    try (TestingClient client = client().connected()) {
      client.introspect();
    }
    RecordedRequest request = server.onlyRequest();
    assertEquals(1, request.headers("Authorization").size());
    assertEquals(List.of("token", "token_type_hint"), List.copyOf(request.form().keySet()));
  }

  @Test
  @DisplayName("CAU-01, CAU-02: with post the credentials are in the body only")
  void post_putsCredentialsInTheBodyOnly() throws Exception {
    try (TestingClient client =
        client()
            .with("client.secret-method", "post")
            .with("client.id", "a:b c")
            .with("client.secret", "p%+é:&")
            .connected()) {
      client.introspect();
    }
    RecordedRequest request = server.onlyRequest();
    assertEquals(
        "token=s3cret-t0ken&token_type_hint=access_token"
            + "&client_id=a%3Ab+c&client_secret=p%25%2B%C3%A9%3A%26",
        request.body());
    assertEquals(List.of(), request.headers("Authorization"));
    assertEquals("/introspect", request.target());
  }

  @Test
  @DisplayName("INT-25: nothing but what the protocol needs is sent")
  void request_hasNoFurtherHeaderFields() throws Exception {
    try (TestingClient client = client().connected()) {
      client.introspect();
    }
    assertEquals(
        List.of(
            "accept",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "host",
            "user-agent"),
        server.onlyRequest().fields().stream()
            .map(field -> field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT))
            .sorted()
            .toList());
    assertEquals(Optional.of("Portcullis"), server.onlyRequest().header("User-Agent"));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {201, 202, 203, 204, 206, 302, 304, 400, 401, 403, 404, 405, 429, 500, 502, 503, 504})
  @DisplayName("INT-05: only status 200 is an answer, whatever the body says")
  void otherStatus_isNoAnswer(int status) {
    server.always(Answers.status(status));
    try (TestingClient client = client().connected()) {
      assertTrue(client.refusal().retryAfter().compareTo(Duration.ofSeconds(1)) >= 0);
    }
    assertEquals(1, server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @DisplayName("INT-07: a redirection is not followed")
  void redirection_isNotFollowed(int status) {
    server.always(Answers.redirect(status, other.url("/introspect")));
    try (TestingClient client = client().connected()) {
      assertEquals(Kind.BAD_RESPONSE, client.refusal().kind());
    }
    assertEquals(0, other.connections());
    assertEquals(1, server.requests().size());
  }

  static List<Arguments> unreadable() {
    return List.of(
        Arguments.of("INT-09 one octet too many", Answers.sized(65_537)),
        Arguments.of("INT-09 too many, no length", Answers.sizedUntilClose(65_537)),
        Arguments.of("INT-09 endless chunks", Answers.endlessChunks()),
        Arguments.of("INT-09 fewer than announced", Answers.truncated()),
        Arguments.of("INT-09 no last chunk", Answers.unendedChunks()),
        Arguments.of("INT-10 gzip", Answers.gzip()),
        Arguments.of("INT-10 br", Answers.encoded("br")),
        Arguments.of("INT-10 deflate", Answers.encoded("deflate")),
        Arguments.of("INT-12 reset within", Answers.resetAfterHeader()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  void unreadableAnswer_isNone(String what, Answer answer) {
    server.always(answer);
    try (TestingClient client = client().with("failover.max-retries", "2").connected()) {
      assertEquals(Kind.BAD_RESPONSE, client.refusal().kind(), what);
      assertEquals(List.of("bad-response"), client.trail());
    }
    assertEquals(1, server.requests().size());
  }

  @Test
  @DisplayName("INT-09: an answer of exactly the size allowed is read")
  void answerOfTheSizeAllowed_isRead() throws Exception {
    server.always(Answers.sized(65_536));
    try (TestingClient client = client().connected()) {
      assertEquals(65_536, client.introspect().body().length);
    }
  }

  @Test
  @DisplayName("INT-12: nobody listens, or the connection ends without a word")
  void transportFailure_isUnavailable() throws Exception {
    try (TestingClient client = client().with("failover.failed-retry-timeout", "0").connected()) {
      server.next(Answers.reset(), Answers.close());
      assertEquals(Kind.UNAVAILABLE, client.refusal("one").kind());
      assertEquals(Kind.UNAVAILABLE, client.refusal("two").kind());
      server.stop();
      assertEquals(Kind.UNAVAILABLE, client.refusal("three").kind());
      assertEquals(List.of("connect-failed", "connect-failed", "connect-failed"), client.trail());
    }
  }

  @Test
  @DisplayName(
      "INT-27: a reset before the answer is tried again as often as set, over real sockets")
  void resetBeforeTheAnswer_isTriedAgain() throws Exception {
    server.next(Answers.reset(), Answers.reset());
    try (TestingClient client =
        client().with("failover.max-retries", "2").with("failover.retry-delay", "0").connected()) {
      client.introspect();
    }
    assertEquals(3, server.requests().size());
  }

  @Test
  @DisplayName("INT-11, INT-12: a body that dribbles ends with the overall time-out")
  void dribblingBody_endsWithTheOverallTimeout() {
    server.always(Answers.dribbleBody(50));
    try (TestingClient client = client().with("http.overall-timeout", "300").connected()) {
      long began = System.nanoTime();
      AuthorizationServerException e = client.refusal();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      assertEquals(Kind.UNAVAILABLE, e.kind());
      assertEquals("http.overall-timeout", e.setting());
      assertTrue(took.toMillis() < 700, took::toString);
      assertEquals(List.of("timeout"), client.trail());
    }
  }

  @Test
  @DisplayName("4.2: a target that is down is passed over, and asked again when it is back")
  void stoppedTarget_isPassedOverAndComesBack() throws Exception {
    ManualTime time = new ManualTime();
    try (TestingClient client =
        TestingClient.of(server.hostAndPort(), other.hostAndPort()).timing(time).connected()) {
      server.stop();
      assertEquals(other.hostAndPort(), client.introspect().targetHost());
      server.start();
      assertEquals(other.hostAndPort(), client.introspect().targetHost());
      time.pass(Duration.ofSeconds(60));
      assertEquals(server.hostAndPort(), client.introspect().targetHost());
      assertEquals(List.of("connect-failed", "target-failed", "target-recovered"), client.trail());
    }
  }

  static List<Answer> allKinds() {
    return List.of(
        Answers.status(401),
        Answers.status(500),
        Answers.status(503),
        Answers.gzip(),
        Answers.truncated(),
        Answers.close(),
        Answers.rawAndClose("s3cret-t0ken cl1ent-s3cret\r\n\r\n"),
        Answers.rawAndClose("HTTP/1.1 200 OK\r\ncl1ent-s3cret s3cret-t0ken\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("allKinds")
  @DisplayName("CAU-15, LOG-02: neither token nor secret in log, audit trail or exception")
  void failure_showsNeitherTokenNorSecret(Answer answer) {
    server.always(answer);
    try (TestingClient client = client().connected()) {
      AuthorizationServerException e = client.refusal();
      assertFalse(client.log().isEmpty());
      assertSecretless(e + " " + client.log() + client.events());
    }
  }

  @Test
  @DisplayName("CAU-15: what holds a secret or an answer does not print it")
  void holdersOfSecrets_printNone() throws Exception {
    try (TestingClient client = client().with("client.secret-method", "post").connected()) {
      assertSecretless(client.introspect() + " " + client.settings());
    }
  }

  private static void assertSecretless(String text) {
    assertFalse(text.contains(TestingClient.TOKEN), text);
    assertFalse(text.contains(TestingClient.SECRET), text);
    assertFalse(text.contains("Basic "), text);
  }
}
