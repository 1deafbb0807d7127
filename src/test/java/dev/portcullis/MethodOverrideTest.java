/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that name another method, where they are refused. That the name changes nothing where
 * they are not is tested with the other edges of HTTP.
 */
class MethodOverrideTest {

  private static final String SETTING = "request.refuse-method-override";
  private static final String GOOD = "Authorization: Bearer good";
  private static final String FIELD = "X-HTTP-Method-Override: DELETE";

  private final Bodies application = new Bodies();
  private final TestingApplication.Builder builder = TestingApplication.builder();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("good", "{\"active\":true}");
    builder
        .asking(server.url("/introspect"))
        .with(SETTING, "true")
        .with("paths.optional", "/open")
        .with("paths.excluded", "/free")
        .serving("/", application);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @DisplayName("HTTP-08: refused, and nobody is asked about the token")
  @CsvSource({
    "/r, 'X-HTTP-Method-Override: DELETE'",
    "/r, 'x-http-method-override: POST'",
    "/r, 'X-HTTP-Method: PUT'",
    "/r, 'X-METHOD-OVERRIDE: PUT'",
    "/r, 'X-Method-Override:'",
    "/r?_method=DELETE, 'X: y'",
    "/r?a=b&_method, 'X: y'",
    "/r?%5fmetho%64=delete&a, 'X: y'",
    "/open, 'X-HTTP-Method: PUT'"
  })
  void override_isRefused(String target, String field) throws Exception {
    try (TestingApplication running = builder.start()) {
      assertRefused(post(running, target, "", GOOD, field));
      assertEquals(List.of(), server.requests());
    }
  }

  @ParameterizedTest
  @DisplayName("HTTP-08: refused for that, whatever the token is like")
  @ValueSource(strings = {"X: y", "Authorization: Bearer unknown", "Authorization: Bearer a b"})
  void override_isRefusedBeforeTheTokenIsLookedAt(String authorization) throws Exception {
    try (TestingApplication running = builder.start()) {
      assertRefused(post(running, "/r", "", authorization, FIELD));
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  @DisplayName("HTTP-08: a preflight request cannot name another method either")
  void preflightWithOverride_isRefused() throws Exception {
    try (TestingApplication running = builder.with("cors.allow-preflight", "true").start()) {
      assertRefused(
          RawHttp.request(
              running.port(),
              "OPTIONS",
              "/r",
              "Origin: https://shop.example.com",
              "Access-Control-Request-Method: POST",
              FIELD));
    }
  }

  @Test
  @DisplayName("HTTP-08: a path that can be read in two ways is refused for that")
  void ambiguousPath_isRefusedFirst() throws Exception {
    try (TestingApplication running = builder.start()) {
      assertEquals(400, post(running, "/r%C2%80", "", GOOD, FIELD).status());
      assertEquals("path_ambiguous", audited(AuditField.FAILED_RULE_TYPE));
    }
  }

  @ParameterizedTest
  @DisplayName("HTTP-08: what only looks like it passes, and what is not protected, too")
  @CsvSource({
    "/r?method=DELETE, 'X: y'",
    "/r?_Method=DELETE&x_method&a=_method, 'X-HTTP-Method-Overrides: PUT'",
    "/free?_method=DELETE, 'X-HTTP-Method: PUT'"
  })
  void otherRequests_pass(String target, String field) throws Exception {
    try (TestingApplication running = builder.start()) {
      assertEquals(200, post(running, target, "", GOOD, field).status());
    }
  }

  @Test
  @DisplayName("HTTP-08: the body is the application's to read, so a form can name what it likes")
  void form_isNotRead() throws Exception {
    String form = "_method=DELETE&x=y";
    try (TestingApplication running = builder.start()) {
      Response response =
          post(running, "/r", form, GOOD, "Content-Type: application/x-www-form-urlencoded");
      assertEquals(form, response.body(), response::toString);
    }
  }

  private void assertRefused(Response response) {
    assertEquals(400, response.status(), response::toString);
    assertEquals(
        "{\"error\":\"invalid_request\",\"error_description\":\"The request is malformed.\"}",
        response.body());
    assertEquals(0, application.calls.get());
    assertEquals("method_override", audited(AuditField.FAILED_RULE_TYPE));
    assertEquals(SETTING, audited(AuditField.FAILED_RULE_NAME));
  }

  private String audited(AuditField field) {
    AuditEvent entry = builder.journal().request(1);
    return Journal.text(entry, field);
  }

  private static Response post(
      TestingApplication running, String target, String body, String... fields) throws IOException {
    try (RawHttp http = new RawHttp(running.port())) {
      return http.post(target, body, fields);
    }
  }

  /** Answers with the body it got. */
  private static final class Bodies extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final AtomicInteger calls = new AtomicInteger();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      calls.incrementAndGet();
      response.getOutputStream().write(request.getInputStream().readAllBytes());
    }
  }
}
