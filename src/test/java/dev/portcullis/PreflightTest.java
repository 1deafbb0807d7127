/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.EchoServlet;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What browsers ask before a script's request of another origin. */
class PreflightTest {

  private static final String ORIGIN = "Origin: https://shop.example.com";
  private static final String METHOD = "Access-Control-Request-Method: POST";

  private final EchoServlet application = new EchoServlet();
  private final TestingApplication.Builder builder = TestingApplication.builder();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    builder.asking(server.url("/introspect")).serving("/", application);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  @DisplayName("HTTP-10: an allowed preflight request passes, with nobody behind it")
  void preflight_passesAnonymously() throws Exception {
    try (TestingApplication running = builder.with("cors.allow-preflight", "true").start()) {
      Response response = RawHttp.request(running.port(), "OPTIONS", "/r", ORIGIN, METHOD);
      assertEquals(200, response.status());
      assertEquals(List.of("path=/r", "principal=", "user=", "auth="), firstLines(response));
      assertEquals("anonymous", audited(AuditField.AUTH_MECH));
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  @DisplayName("HTTP-10: a body of no octets is none")
  void preflightWithoutContent_passes() throws Exception {
    try (TestingApplication running = builder.with("cors.allow-preflight", "true").start()) {
      Response response =
          RawHttp.request(running.port(), "OPTIONS", "/r", ORIGIN, METHOD, "Content-Length: 0");
      assertEquals(200, response.status());
    }
  }

  @ParameterizedTest
  @DisplayName("FLD-73: a body that HTTP/2 does not announce is a body")
  @CsvSource({"HTTP/2.0, '', 200", "HTTP/2.0, x, 401", "HTTP/3.0, x, 401"})
  void bodyOfUnknownLength_isABody(String protocol, String body, int status) throws Exception {
    builder.behind(unannounced(protocol)).with("cors.allow-preflight", "true");
    try (TestingApplication running = builder.start();
        RawHttp http = new RawHttp(running.port())) {
      String chunk = body.isEmpty() ? "" : "1\r\n" + body + "\r\n";
      Response response =
          http.sendAsItStands(
              "OPTIONS /r HTTP/1.1\r\nHost: localhost\r\n%s\r\n%s\r\n".formatted(ORIGIN, METHOD)
                  + "Transfer-Encoding: chunked\r\n\r\n"
                  + chunk
                  + "0\r\n\r\n");
      assertEquals(status, response.status());
    }
  }

  /** Shows a request as if it had come by another version of HTTP. */
  private static Filter unannounced(String protocol) {
    return (request, response, chain) ->
        chain.doFilter(
            new HttpServletRequestWrapper((HttpServletRequest) request) {
              @Override
              public String getProtocol() {
                return protocol;
              }

              @Override
              public @Nullable String getHeader(String name) {
                return name.equals("Transfer-Encoding") ? null : super.getHeader(name);
              }
            },
            response);
  }

  @ParameterizedTest
  @DisplayName("HTTP-10: what is none is judged as ever")
  @CsvSource({
    "OPTIONS, 'Origin: https://x.example', 'X: y'",
    "OPTIONS, 'X: y', 'Access-Control-Request-Method: POST'",
    "OPTIONS, 'X: y', 'Y: z'",
    "GET, 'Origin: https://x.example', 'Access-Control-Request-Method: POST'",
    "POST, 'Origin: https://x.example', 'Access-Control-Request-Method: POST'",
    "options, 'Origin: https://x.example', 'Access-Control-Request-Method: POST'"
  })
  void otherRequests_needAToken(String method, String one, String other) throws Exception {
    try (TestingApplication running = builder.with("cors.allow-preflight", "true").start()) {
      assertRefused(401, RawHttp.request(running.port(), method, "/r", one, other));
    }
  }

  @Test
  @DisplayName("HTTP-10: with credentials or with a body it is no preflight request")
  void preflightWithMore_isJudged() throws Exception {
    try (TestingApplication running = builder.with("cors.allow-preflight", "true").start()) {
      int port = running.port();
      assertRefused(
          401,
          RawHttp.request(port, "OPTIONS", "/r", ORIGIN, METHOD, "Authorization: Bearer none"));
      assertRefused(
          401, RawHttp.request(port, "OPTIONS", "/r", ORIGIN, METHOD, "Authorization: Basic x"));
      assertRefused(401, RawHttp.request(port, "OPTIONS", "/r", ORIGIN, METHOD, "DPoP: x"));
      assertRefused(
          401, RawHttp.request(port, "OPTIONS", "/r", ORIGIN, METHOD, "Content-Length: 1"));
      assertRefused(
          401,
          RawHttp.request(port, "OPTIONS", "/r", ORIGIN, METHOD, "Transfer-Encoding: chunked"));
      assertRefused(400, RawHttp.request(port, "OPTIONS", "/x/..;/r", ORIGIN, METHOD));
    }
  }

  @ParameterizedTest
  @DisplayName("HTTP-08, HTTP-10: what an application may take for another method is none either")
  @CsvSource({
    "/r, 'X-HTTP-Method-Override: GET'",
    "/r, 'X-HTTP-Method: DELETE'",
    "/r, 'X-Method-Override:'",
    "/r?_method=GET, 'X: y'",
    "/r?a=b&%5Fmethod=DELETE, 'X: y'"
  })
  void preflightOfAnotherMethod_needsAToken(String target, String field) throws Exception {
    try (TestingApplication running = builder.with("cors.allow-preflight", "true").start()) {
      int port = running.port();
      assertRefused(401, RawHttp.request(port, "OPTIONS", target, ORIGIN, METHOD, field));
    }
  }

  @Test
  @DisplayName("HTTP-10: unless it is allowed, a preflight request needs a token")
  void preflight_isNotAllowedByItself() throws Exception {
    try (TestingApplication running = builder.start()) {
      assertRefused(401, RawHttp.request(running.port(), "OPTIONS", "/r", ORIGIN, METHOD));
    }
  }

  private void assertRefused(int status, Response response) {
    assertEquals(status, response.status(), response.toString());
    assertEquals(0, application.calls());
  }

  private static List<String> firstLines(Response response) {
    return Arrays.stream(response.body().split("\n")).limit(4).toList();
  }

  private String audited(AuditField field) {
    return Journal.text(builder.journal().request(1), field);
  }
}
