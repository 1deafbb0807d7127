/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.api.Reason;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.EchoServlet;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.TestingApplication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals as a whole: constant, not cacheable, telling no more than they must. */
class RefusalTest {

  /** One refusal of each kind: status, path, token, body. */
  private static final String REFUSALS =
      """
      401 | /r      | ''     | ''
      400 | /r      | a,b    | invalid_request,The request is malformed.
      401 | /r      | bad    | invalid_token,The access token is not valid for this request.
      403 | /scoped | good   | insufficient_scope,The request needs more privileges than the access token gives.
      403 | /client | good   | access_denied,Access is denied.
      503 | /r      | broken | temporarily_unavailable,The request cannot be decided at the moment.
      500 | /fault  | good   | server_error,The request cannot be processed.
      """;

  private static final EchoServlet ERROR_PAGE = new EchoServlet();

  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    api = Api.start(RefusalTest::withErrorPage);
    tell(api);
  }

  private static void tell(Api api) {
    api.server().token("good", "{\"active\":true,\"client_id\":\"app\",\"scope\":\"read\"}");
    api.server().token("broken", Answers.json("{\"active\":\"yes\"}"));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static void withErrorPage(TestingApplication.Builder builder) {
    ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
    pages.addErrorPage(400, 599, "/error");
    pages.setShowStacks(true);
    builder.context().setErrorHandler(pages);
    builder
        .serving("/error", ERROR_PAGE)
        .with("rule.scoped.paths", "/scoped")
        .with("rule.scoped.scopes", "write")
        .with("rule.client.paths", "/client")
        .with("rule.client.client-ids", "other")
        .behind(new Disguise(FailingOnFault::new));
  }

  @ParameterizedTest
  @CsvSource(textBlock = REFUSALS, delimiter = '|')
  @DisplayName("ERR-12: no refusal is cacheable, and each body is constant")
  void refusal_isConstant(int status, String path, String token, String content) throws Exception {
    Observed observed = send("GET", path, token);
    assertRefused(status, observed);
    assertEquals(json(content), observed.response().body());
    assertEquals(
        content.isEmpty() ? "" : "application/json", observed.response().header("content-type"));
  }

  @ParameterizedTest
  @CsvSource(textBlock = REFUSALS, delimiter = '|')
  @DisplayName("ERR-12: HEAD gets the same header and no body")
  void refusalOfHead_hasNoBody(int status, String path, String token, String content)
      throws Exception {
    RawHttp.Response get = send("GET", path, token).response();
    try (RawHttp http = new RawHttp(api.port())) {
      Observed head = api.observe(http, one -> one.send("HEAD", path, credentials(token)));
      assertRefused(status, head);
      assertEquals(withoutDate(get), withoutDate(head.response()));
      api.observe(http, one -> one.send("GET", "/r")).isUnauthenticated(); // right behind it
      String received = http.received();
      assertTrue(received.substring(received.indexOf("\r\n\r\n") + 4).startsWith("HTTP/1.1 401"));
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = REFUSALS, delimiter = '|')
  @DisplayName("ERR-12: bodies can be left out altogether")
  void refusalWithoutBody_isEmpty(int status, String path, String token, String content)
      throws Exception {
    try (Api mute = Api.start(builder -> mute(builder))) {
      tell(mute);
      Observed observed = mute.get(path, credentials(token));
      assertRefused(status, observed);
      assertEquals("", observed.response().body(), content);
      assertEquals(List.of(), observed.response().all("content-type"));
      assertEquals("0", observed.response().header("content-length"));
    }
  }

  private static void mute(TestingApplication.Builder builder) {
    withErrorPage(builder.with("challenge.body", "none"));
  }

  @Test
  @DisplayName("ERR-12: so can the descriptions, in the body and in the challenge")
  void refusalWithoutDescription_hasTheCodeOnly() throws Exception {
    try (Api terse = Api.start(builder -> builder.with("challenge.error-description", "false"))) {
      RawHttp.Response response = terse.authorized("Bearer bad").response();
      assertEquals("{\"error\":\"invalid_token\"}", response.body());
      assertEquals(List.of("Bearer error=\"invalid_token\", realm=\"api\""), response.challenges());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "get", "head"})
  @DisplayName("ERR-12: whatever the method is")
  void refusalOfAnyMethod_isTheSame(String method) throws Exception {
    RawHttp.Response get = send("GET", "/r", "bad").response();
    RawHttp.Response other = send(method, "/r", "bad").response();
    assertEquals(withoutDate(get), withoutDate(other));
    assertEquals(get.body(), other.body());
  }

  @Test
  @DisplayName("ERR-11: who presents a bad token does not learn what is bad about it")
  void badTokens_areIndistinguishable() throws Exception {
    try (Api strict = Api.start(RefusalTest::withIssuerAndAudience)) {
      String active = "{\"active\":true,\"iss\":\"https://as.example.com\",\"aud\":\"orders\"";
      strict.server().token("revoked0", active + "}");
      strict.authorized("Bearer revoked0").isPassed(1);
      strict.server().revoke("revoked0");
      strict.server().token("expired0", active + ",\"exp\":1700000000}");
      strict.server().token("notYet00", active + ",\"nbf\":4000000000}");
      strict.server().token("issuer00", active.replace("as.ex", "as2.ex") + "}");
      strict.server().token("aud00000", active.replace("orders", "stock") + "}");
      strict.server().token("refresh0", active + ",\"token_use\":\"refresh_token\"}");
      strict
          .server()
          .token("bound000", active + ",\"cnf\":{\"x5t#S256\":\"" + "A".repeat(43) + "\"}}");
      strict.server().token("unknown1", active + ",\"cnf\":{\"jwk\":{}}}");
      Set<String> answers = new HashSet<>();
      assertEquals("token_inactive", reason(strict, "unknown0", answers));
      assertEquals("token_inactive", reason(strict, "revoked0", answers));
      assertEquals("token_expired", reason(strict, "expired0", answers));
      assertEquals("token_expired", reason(strict, "notYet00", answers));
      assertEquals("issuer_mismatch", reason(strict, "issuer00", answers));
      assertEquals("audience_mismatch", reason(strict, "aud00000", answers));
      assertEquals("token_type_unusable", reason(strict, "refresh0", answers));
      assertEquals("certificate_missing", reason(strict, "bound000", answers));
      assertEquals("certificate_binding_mismatch", reason(strict, "unknown1", answers));
      assertEquals(1, answers.size(), answers.toString());
    }
  }

  private static void withIssuerAndAudience(TestingApplication.Builder builder) {
    builder.with("require.issuer", "https://as.example.com").with("require.audience", "orders");
  }

  /** The audited reason; keeps the octets of the answer. */
  private static String reason(Api api, String token, Set<String> answers) throws Exception {
    try (RawHttp http = new RawHttp(api.port())) {
      Observed observed =
          api.observe(http, one -> one.send("GET", "/r", "Authorization: Bearer " + token));
      assertEquals(401, observed.response().status());
      answers.add(http.received().replaceFirst("\r\nDate: [^\r]*", ""));
      observed.tellsNowhere(token);
      return observed.audited(AuditField.FAILED_RULE_TYPE);
    }
  }

  @Test
  @DisplayName("ERR-14: no authorization server")
  void serverDown_isUnavailable() throws Exception {
    try (Api lonely = Api.start(builder -> builder.with("cache.tokens", "true"))) {
      lonely.server().token("good-99", "{\"active\":true}");
      lonely.server().stop();
      Observed down = lonely.authorized("Bearer good-99").isUnavailable(Reason.AS_UNAVAILABLE);
      down.tellsNowhere("good-99");
      assertEquals("as.introspection-endpoint", down.audited(AuditField.FAILED_RULE_NAME));
      lonely.get("/r").isUnauthenticated(); // what needs no question is answered
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status 400",
        "status 401",
        "status 403",
        "status 404",
        "status 429",
        "status 500",
        "status 503",
        "redirect",
        "html",
        "no json",
        "no active",
        "active yes",
        "empty",
        "closed"
      })
  @DisplayName("ERR-14: an answer that is none is not the token's fault, and is forgotten")
  void faultOfTheServer_isUnavailable(String fault) throws Exception {
    try (Api other = Api.start(builder -> builder.with("cache.tokens", "true"))) {
      other.server().token("good-98", answer(fault));
      Observed refused = other.authorized("Bearer good-98");
      refused.isUnavailable(reason(fault));
      assertFalse(refused.questions().isEmpty());
      refused.tellsNowhere("good-98");
      assertRetryAfterIsSmall(refused);
    }
  }

  @Test
  @DisplayName("ERR-14: once the authorization server answers, it is asked anew")
  void answerAfterFault_counts() throws Exception {
    try (Api other = Api.start(builder -> builder.with("cache.tokens", "true"))) {
      other.server().token("good-97", answer("active yes"));
      other.authorized("Bearer good-97").isUnavailable(Reason.AS_BAD_RESPONSE);
      other.server().token("good-97", "{\"active\":true}");
      other.authorized("Bearer good-97").isPassed(1);
    }
  }

  private static void assertRetryAfterIsSmall(Observed refused) {
    int seconds = Integer.parseInt(refused.response().header("retry-after"));
    assertTrue(seconds >= 1 && seconds <= 60, refused.toString());
  }

  private static Answer answer(String fault) {
    return switch (fault) {
      case "redirect" -> Answers.redirect(302, "/elsewhere");
      case "html" -> Answers.typed("text/html", "<html>{\"active\":true}</html>");
      case "no json" -> Answers.json("active");
      case "no active" -> Answers.json("{}");
      case "active yes" -> Answers.json("{\"active\":\"true\"}");
      case "empty" -> Answers.json("");
      case "closed" -> Answers.close();
      case "status 429" -> Answers.status(429, "Retry-After: 86400\r\n");
      default -> Answers.status(Integer.parseInt(fault.substring("status ".length())));
    };
  }

  private static Reason reason(String fault) {
    return switch (fault) {
      case "status 401", "status 403" -> Reason.AS_CLIENT_REJECTED;
      case "status 429", "status 503", "closed" -> Reason.AS_UNAVAILABLE;
      default -> Reason.AS_BAD_RESPONSE;
    };
  }

  private static void assertRefused(int status, Observed observed) {
    assertEquals(status, observed.response().status());
    assertEquals(0, observed.passes());
    assertEquals(0, ERROR_PAGE.calls());
    assertEquals(List.of("no-store"), observed.response().all("cache-control"));
    assertEquals(Integer.toString(status), observed.audited(AuditField.RESPONSE_CODE));
  }

  private static Observed send(String method, String path, String token) throws Exception {
    return api.send(method, path, credentials(token));
  }

  private static String credentials(String token) {
    return token.isEmpty() ? "Accept: */*" : "Authorization: Bearer " + token;
  }

  private static String json(String content) {
    if (content.isEmpty()) {
      return "";
    }
    String[] parts = content.split(",");
    return "{\"error\":\"" + parts[0] + "\",\"error_description\":\"" + parts[1] + "\"}";
  }

  private static String withoutDate(RawHttp.Response response) {
    return response.headers().stream()
        .filter(field -> !field.name().equals("date"))
        .map(Object::toString)
        .collect(Collectors.joining());
  }

  /** Has no readable header fields on one path. */
  private static final class FailingOnFault extends HttpServletRequestWrapper {

    FailingOnFault(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      if (getServletPath().equals("/fault")) {
        throw new IllegalStateException("as the test wants it");
      }
      return super.getHeaders(name);
    }
  }
}
