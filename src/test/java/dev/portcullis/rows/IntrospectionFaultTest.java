/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is wrong with the authorization server is neither the caller's fault nor a licence: 503,
 * and with the next request everything may be well.
 */
@ParameterizedClass
@EnumSource(Link.class)
class IntrospectionFaultTest {

  private static final String TIMEOUT_MILLIS = "1500";
  private static final AtomicInteger TOKEN = new AtomicInteger();

  private static IntrospectionRig rig;

  IntrospectionFaultTest(Link link) {
    assertEquals(link, rig.link());
  }

  @BeforeParameterizedClassInvocation
  static void start(Link link) throws Exception {
    rig =
        IntrospectionRig.over(link, "http.overall-timeout", TIMEOUT_MILLIS, "http.keep-alive", "0");
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    rig.close();
  }

  @ParameterizedTest
  @DisplayName("INT-05, CAC-08: only status 200 is an answer")
  @CsvSource({
    "201, as_bad_response",
    "202, as_bad_response",
    "204, as_bad_response",
    "206, as_bad_response",
    "302, as_bad_response",
    "400, as_bad_response",
    "403, as_client_rejected",
    "404, as_bad_response",
    "405, as_bad_response",
    "429, as_unavailable",
    "500, as_bad_response",
    "502, as_unavailable",
    "503, as_unavailable"
  })
  void otherStatus_isNoAnswer(int status, String reason) throws Exception {
    if (status == 502 || status == 503) {
      assertDoubt(Answers.status(status));
    } else {
      assertFault(Answers.status(status), reason);
    }
  }

  @ParameterizedTest
  @DisplayName("INT-06: RFC 6749 section 5.2 lets a server refuse a client by 400")
  @CsvSource({
    "invalid_client, as_client_rejected",
    "unauthorized_client, as_client_rejected",
    "invalid_request, as_bad_response"
  })
  void badRequest_isAboutTheClient_whenItsErrorIs(String error, String reason) throws Exception {
    String body = "{\"error\" : \"" + error + "\",\"error_description\":\"x\"}";
    assertFault(Answers.full(400, "Content-Type: application/json\r\n", body), reason);
  }

  @Test
  @DisplayName("INT-06: that the filter itself is refused is an error, and none of the caller's")
  void ownCredentialsRefused_isAnError() throws Exception {
    try (CapturedLog log = CapturedLog.of("dev.portcullis")) {
      assertFault(
          Answers.status(401, "WWW-Authenticate: Basic realm=\"as\"\r\n"), "as_client_rejected");
      assertEquals(1, log.linesAt(Level.SEVERE).size(), log.text());
      assertTrue(log.linesAt(Level.SEVERE).get(0).contains("client.id"), log.text());
    }
  }

  @ParameterizedTest
  @DisplayName("INT-07: a redirection is not followed")
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirection_isNotFollowed(int status) throws Exception {
    try (TestingAuthorizationServer other = TestingAuthorizationServer.plain()) {
      other.always(Answers.json(IntrospectionRig.active("")));
      assertFault(Answers.redirect(status, other.url("/introspect")), "as_bad_response");
      assertEquals(0, other.connections());
    }
  }

  @ParameterizedTest
  @DisplayName("INT-08: a good body under another content type is no answer")
  @ValueSource(
      strings = {
        "",
        "text/html",
        "text/html;charset=utf-8",
        "text/plain",
        "application/json+x",
        "application/jwt",
        "application/token-introspection+jwt"
      })
  void otherContentType_isNoAnswer(String contentType) throws Exception {
    assertFault(Answers.typed(contentType, IntrospectionRig.active("")), "as_bad_response");
  }

  @ParameterizedTest
  @DisplayName("INT-08: JSON with and without a charset is read")
  @ValueSource(strings = {"application/json", "application/json;charset=utf-8"})
  void json_isRead(String contentType) throws Exception {
    String token = newToken();
    rig.server().token(token, Answers.typed(contentType, IntrospectionRig.active("")));
    rig.assertPasses(rig.get(token));
  }

  @Test
  @DisplayName("INT-08: a login page is no answer")
  void loginPage_isNoAnswer() throws Exception {
    assertFault(Answers.typed("text/html", "<html>Log in</html>"), "as_bad_response");
  }

  @Test
  @DisplayName("INT-09: 64 KiB are read, announced or not")
  void largestBody_isRead() throws Exception {
    for (Answer answer : List.of(Answers.sized(65_536), Answers.sizedUntilClose(65_536))) {
      String token = newToken();
      rig.server().token(token, answer);
      rig.assertPasses(rig.get(token));
    }
  }

  @Test
  @DisplayName("INT-09: one octet more is not, announced or not, nor is a body without end")
  void largerBody_isNoAnswer() throws Exception {
    assertFault(Answers.sized(65_537), "as_bad_response");
    assertFault(Answers.sizedUntilClose(65_537), "as_bad_response");
    assertFault(Answers.endlessChunks(), "as_bad_response");
  }

  @Test
  @DisplayName("INT-09: half a body is no answer")
  void truncatedBody_isNoAnswer() throws Exception {
    assertFault(Answers.truncated(), "as_bad_response");
    assertFault(Answers.unendedChunks(), "as_bad_response");
  }

  @Test
  @DisplayName("INT-10: a body with a content coding is not looked into")
  void codedBody_isNoAnswer() throws Exception {
    assertFault(Answers.gzip(), "as_bad_response");
    assertFault(Answers.encoded("br"), "as_bad_response");
    assertFault(Answers.encoded("deflate"), "as_bad_response");
    assertFault(Answers.encoded("gzip"), "as_bad_response");
  }

  @Test
  @DisplayName("INT-11: one deadline covers the last octet of the body")
  void slowBody_isCutOff() throws Exception {
    long start = System.nanoTime();
    assertDoubt(Answers.dribbleBody(300)); // 15 octets: 4.5 s in all
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertTrue(millis < 3000, "it took " + millis + " ms");
  }

  @Test
  @DisplayName("INT-11, INT-12: a server that says nothing, or nothing more, is given up")
  void silence_isGivenUp() throws Exception {
    assertDoubt(Answers.stall());
    assertDoubt(Answers.stallAfterHeader());
  }

  @Test
  @DisplayName("INT-12: a connection that ends or is reset")
  void brokenConnection_isNoAnswer() throws Exception {
    assertDoubt(Answers.close());
    assertDoubt(Answers.reset());
    assertFault(Answers.resetAfterHeader(), "as_bad_response");
    assertFault(Answers.rawAndClose("SSH-2.0-x\r\n"), "as_bad_response");
  }

  @ParameterizedTest
  @DisplayName("INT-13, CAC-08: JSON is read strictly")
  @ValueSource(
      strings = {
        "{\"active\":true,\"active\":true}",
        "{\"active\":true,\"\\u0061ctive\":true}",
        "{\"active\":true,}",
        "{\"active\":true,,\"a\":1}",
        "{\"active\":true/* */}",
        "{\"active\":true,\"a\":NaN}",
        "{'active':true}",
        "{\"active\":true,\"exp\":01}",
        "{\"active\":true}x",
        "{\"active\":true}{\"active\":true}",
        "\ufeff\ufeff{\"active\":true}",
        "[{\"active\":true}]",
        "[]",
        "\"active\"",
        "true",
        "null",
        ""
      })
  void malformedJson_isNoAnswer(String body) throws Exception {
    assertFault(Answers.json(body), "as_bad_response");
  }

  @Test
  @DisplayName("INT-13: JSON is UTF-8")
  void otherEncoding_isNoAnswer() throws Exception {
    String good = IntrospectionRig.active("\"sub\":\"é\"");
    assertFault(octets(good.getBytes(UTF_16BE)), "as_bad_response");
    assertFault(octets(good.getBytes(ISO_8859_1)), "as_bad_response");
    String token = newToken();
    rig.server().token(token, octets(good.getBytes(UTF_8)));
    rig.assertPasses(rig.get(token));
  }

  @ParameterizedTest
  @DisplayName("INT-15: active is a required boolean")
  @ValueSource(
      strings = {
        "{}",
        "{\"sub\":\"x\"}",
        "{\"active\":\"true\"}",
        "{\"active\":\"false\"}",
        "{\"active\":1}",
        "{\"active\":null}",
        "{\"active\":[true]}"
      })
  void activeThatIsNoBoolean_isNoAnswer(String body) throws Exception {
    assertFault(Answers.json(body), "as_bad_response");
  }

  @ParameterizedTest
  @DisplayName("INT-19, INT-23, MTB-08: a member that is relied on has its type")
  @ValueSource(
      strings = {
        "\"exp\":\"2027-01-15T08:00:00Z\"",
        "\"exp\":true",
        "\"exp\":[]",
        "\"exp\":{}",
        "\"exp\":1e400",
        "\"nbf\":\"+0\"",
        "\"iat\":\"0x0\"",
        "\"sub\":[5]",
        "\"client_id\":{}",
        "\"scope\":[\"a\",1]",
        "\"aud\":7",
        "\"aud\":[1]",
        "\"cnf\":\"x\"",
        "\"cnf\":[]",
        "\"cnf\":{\"x5t#S256\":5}",
        "\"acr\":[1]",
        "\"iss\":[]"
      })
  void memberOfTheWrongType_isNoAnswer(String member) throws Exception {
    assertFault(Answers.json(IntrospectionRig.active(member)), "as_bad_response");
  }

  /** The token is at no fault: it is asked about again. */
  private static void assertFault(Answer answer, String reason) throws Exception {
    String token = newToken();
    rig.active(token, "");
    int calls = failed(token, answer, reason);
    assertPasses(token, calls);
  }

  /** The token may be at fault and is not asked about for a while (FLD-21); others are. */
  private static void assertDoubt(Answer answer) throws Exception {
    String token = newToken();
    rig.active(token, "");
    int calls = failed(token, answer, "as_unavailable");
    String other = newToken();
    rig.active(other, "");
    assertPasses(other, calls);
  }

  /** One call that is answered so; the number of calls until then. */
  private static int failed(String token, Answer answer, String reason) throws Exception {
    int calls = rig.calls();
    int reached = rig.reached();
    rig.server().next(answer);
    rig.assertUnavailable(rig.get(token), reason);
    assertEquals(reached, rig.reached());
    assertEquals(calls + 1, rig.calls());
    return calls + 1;
  }

  private static void assertPasses(String token, int calls) throws Exception {
    rig.assertPasses(rig.get(token));
    assertEquals("introspection", rig.audited(AuditField.TOKEN_SOURCE));
    assertEquals(calls + 1, rig.calls());
  }

  private static String newToken() {
    return "tok-" + TOKEN.incrementAndGet();
  }

  private static Answer octets(byte[] body) {
    return (request, wire) -> {
      wire.send(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length
              + "\r\n\r\n");
      wire.send(body);
    };
  }
}
