/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.EchoServlet;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.ScriptedServlet;
import dev.portcullis.testing.ScriptedServlet.Script;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forwards, includes and error pages: what is judged again, and that it is recorded once. */
class DispatchTest {

  private static final String READER = "Authorization: Bearer reader";
  private static final String WRITER = "Authorization: Bearer writer";

  private final EchoServlet page = new EchoServlet();
  private TestingAuthorizationServer server;
  private TestingApplication.Builder builder;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("reader", "{\"active\":true,\"sub\":\"alice\",\"scope\":\"read\"}");
    server.token("writer", "{\"active\":true,\"sub\":\"alice\",\"scope\":\"read write\"}");
    builder =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .with("paths.excluded", "/public/*")
            .with("rule.orders.paths", "/orders/*")
            .with("rule.orders.scopes", "read")
            .with("rule.admin.paths", "/admin/*")
            .with("rule.admin.scopes", "write")
            .serving("/admin/*", page);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  @DisplayName("HTTP-11: a public page that forwards to a protected path opens nothing")
  void forwardFromPublicPage_isJudged() throws Exception {
    try (TestingApplication application = serving("/public/*", forwardingTo("/admin/x"))) {
      RawHttp.Response response = application.get("/public/page");

      assertEquals(401, response.status());
      assertEquals(List.of("Bearer realm=\"api\""), response.challenges());
      assertEquals(0, page.calls());
      assertEquals(List.of("401 denied token_missing /public/page"), recorded(application));
    }
  }

  @Test
  @DisplayName("HTTP-11: a public page that includes a protected path opens nothing")
  void includeInPublicPage_isJudged() throws Exception {
    try (TestingApplication application = serving("/public/*", including("/admin/x"))) {
      RawHttp.Response response = application.get("/public/page");

      assertEquals(500, response.status());
      assertFalse(response.body().contains("principal="), response.body());
      assertEquals(0, page.calls());
      assertEquals(List.of("500 denied token_missing /public/page"), recorded(application));
    }
  }

  @Test
  void includeInPublicPageThatCatchesEverything_leaksNothing() throws Exception {
    Script script =
        (request, response) -> {
          response.getOutputStream().print("before;");
          try {
            request.getRequestDispatcher("/admin/x").include(request, response);
          } catch (ServletException e) {
            response.getOutputStream().print("refused;");
          }
        };
    try (TestingApplication application = serving("/public/*", script)) {
      assertEquals("before;refused;", application.get("/public/page").body());
      assertEquals(0, page.calls());
    }
  }

  @Test
  @DisplayName("A refused include fills no log: the container gets no stack trace to write down")
  void refusedInclude_hasNoStackTrace() throws Exception {
    Script script =
        (request, response) -> {
          try {
            request.getRequestDispatcher("/admin/x").include(request, response);
          } catch (ServletException e) {
            response.getOutputStream().print(e + " " + e.getStackTrace().length);
          }
        };
    try (TestingApplication application = serving("/public/*", script)) {
      assertEquals(
          "jakarta.servlet.ServletException: The request may not reach this resource. 0",
          application.get("/public/page").body());
    }
  }

  @Test
  @DisplayName("Who calls is known: the container is not asked to authenticate")
  void authenticate_isDoneByTheToken() throws Exception {
    Script script =
        (request, response) ->
            response.getOutputStream().print(String.valueOf(request.authenticate(response)));
    try (TestingApplication application = serving("/orders/*", script)) {
      RawHttp.Response response = application.get("/orders/1", READER);

      assertEquals("200 true", response.status() + " " + response.body());
    }
  }

  @Test
  @DisplayName("HTTP-11: with a token the protected path is reached from a public page")
  void forwardFromPublicPage_withToken_passes() throws Exception {
    try (TestingApplication application = serving("/public/*", forwardingTo("/admin/x"))) {
      RawHttp.Response response = application.get("/public/page", WRITER);

      assertEquals(200, response.status());
      assertTrue(response.body().contains("principal=alice\n"), response.body());
      assertEquals(List.of("200 allowed  /public/page"), recorded(application));
    }
  }

  @Test
  @DisplayName("HTTP-12: a forward to a stricter rule is judged again, without asking again")
  void forwardToStricterRule_isJudgedAgain() throws Exception {
    try (TestingApplication application = serving("/orders/*", forwardingTo("/admin/x"))) {
      RawHttp.Response response = application.get("/orders/1", READER);

      assertEquals(403, response.status());
      assertEquals(
          List.of("Bearer error=\"insufficient_scope\", scope=\"write\", realm=\"api\""),
          challengesWithoutDescription(response));
      assertEquals(0, page.calls());
      assertEquals(1, server.requests().size());
      assertEquals(List.of("403 denied scope_missing /orders/1"), recorded(application));
    }
  }

  @Test
  @DisplayName("HTTP-12: a token that suffices passes the forward, with one question asked")
  void forwardToStricterRule_withMoreScope_passes() throws Exception {
    try (TestingApplication application = serving("/orders/*", forwardingTo("/admin/x"))) {
      RawHttp.Response response = application.get("/orders/1", WRITER);

      assertEquals(200, response.status());
      assertTrue(response.body().contains("principal=alice\n"), response.body());
      assertEquals(1, server.requests().size());
      assertEquals(List.of("200 allowed  /orders/1"), recorded(application));
    }
  }

  @Test
  void includeUnderStricterRule_isAnException() throws Exception {
    try (TestingApplication application = serving("/orders/*", including("/admin/x"))) {
      assertEquals(500, application.get("/orders/1", READER).status());
      assertEquals(0, page.calls());
      assertEquals(List.of("500 denied scope_missing /orders/1"), recorded(application));
    }
  }

  @Test
  void includeUnderSameRule_passes() throws Exception {
    try (TestingApplication application = serving("/orders/*", including("/admin/x"))) {
      assertTrue(application.get("/orders/1", WRITER).body().contains("principal=alice\n"));
      assertEquals(1, server.requests().size());
      assertEquals(List.of("200 allowed  /orders/1"), recorded(application));
    }
  }

  @Test
  @DisplayName("HTTP-13: the page for an application's own 401 is rendered once, under its status")
  void errorPageUnderProtectedPattern_isRenderedOnceAndOpensNothing() throws Exception {
    ScriptedServlet error = withErrorPage(401);
    try (TestingApplication application =
        serving(
            "/orders/*",
            (request, response) -> {
              response.setHeader("WWW-Authenticate", "Custom realm=\"ours\"");
              response.sendError(401);
            })) {
      RawHttp.Response response = application.get("/orders/1", READER);

      assertEquals(401, response.status());
      assertEquals(List.of("Custom realm=\"ours\""), response.challenges());
      assertEquals("the page for alice", response.body());
      assertEquals(1, error.calls());
      RawHttp.Response direct = application.get("/error");
      assertEquals(401, direct.status());
      assertEquals(List.of("Bearer realm=\"api\""), direct.challenges());
      assertEquals(1, error.calls());
      assertEquals(
          List.of("401 allowed  /orders/1", "401 denied token_missing /error"),
          recorded(application));
    }
  }

  @Test
  @DisplayName("HTTP-13: a refusal of the filter's is not an error page's")
  void refusal_hasNoErrorPage() throws Exception {
    ScriptedServlet error = withErrorPage(401);
    try (TestingApplication application = builder.start()) {
      assertEquals(401, application.get("/orders/1").status());
      assertEquals(0, error.calls());
    }
  }

  @Test
  void errorOfPublicPage_isShownToNobodyInParticular() throws Exception {
    withErrorPage(500);
    try (TestingApplication application =
        serving("/public/*", (request, response) -> response.sendError(500))) {
      assertEquals("the page for null", application.get("/public/x", READER).body());
      assertEquals(List.of(), recorded(application));
    }
  }

  @Test
  void applicationThatThrows_isRecordedOnceWithStatus500() throws Exception {
    ScriptedServlet error = withErrorPage(500);
    try (TestingApplication application =
        serving(
            "/orders/*",
            (request, response) -> {
              throw new ServletException("thrown by the test");
            })) {
      RawHttp.Response response = application.get("/orders/1", READER);

      assertEquals(500, response.status());
      assertEquals("the page for alice", response.body());
      assertEquals(1, error.calls());
      assertEquals(List.of("500 allowed  /orders/1"), recorded(application));
    }
  }

  @Test
  void applicationThatThrowsTooLate_isRecordedWithTheStatusThatWasSent() throws Exception {
    try (TestingApplication application =
        serving(
            "/orders/*",
            (request, response) -> {
              response.setStatus(202);
              response.setContentLength(2);
              response.getOutputStream().print("ok");
              response.flushBuffer();
              throw new ServletException("thrown by the test");
            })) {
      assertEquals(202, application.get("/orders/1", READER).status());
      assertEquals(List.of("202 allowed  /orders/1"), recorded(application));
    }
  }

  @Test
  @DisplayName("ERR-16: the application's own refusal is left as it is")
  void ownRefusal_isUntouched() throws Exception {
    try (TestingApplication application =
        serving(
            "/orders/*",
            (request, response) -> {
              response.setStatus(Integer.parseInt(request.getQueryString()));
              response.getOutputStream().print("mine");
            })) {
      RawHttp.Response unauthorized = application.get("/orders/1?401", READER);
      assertEquals(401, unauthorized.status());
      assertEquals(List.of(), unauthorized.challenges());
      assertEquals("", unauthorized.header("Cache-Control"));
      assertEquals("mine", unauthorized.body());
      RawHttp.Response forbidden = application.get("/orders/1?403", READER);
      assertEquals(403, forbidden.status());
      assertEquals(List.of(), forbidden.challenges());
      assertEquals(
          List.of("401 allowed  /orders/1", "403 allowed  /orders/1"), recorded(application));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("HTTP-15: attributes of our names that the application sets or removes mean nothing")
  void attributesOfTheApplication_haveNoEffect(boolean isRemoval) throws Exception {
    Script script =
        (request, response) -> {
          for (String name : ours(request)) {
            if (isRemoval) {
              request.removeAttribute(name);
            } else {
              request.setAttribute(name, "forged");
            }
          }
          request.getRequestDispatcher("/admin/x").forward(request, response);
        };
    try (TestingApplication application = serving("/orders/*", script)) {
      assertEquals(403, application.get("/orders/1", READER).status());
      RawHttp.Response response = application.get("/orders/1", WRITER);
      assertEquals(200, response.status());
      assertTrue(response.body().contains("principal=alice\n"), response.body());
      assertTrue(response.body().contains("scopes=read write\n"), response.body());
      assertEquals(2, server.requests().size());
      assertEquals(
          List.of("403 denied scope_missing /orders/1", "200 allowed  /orders/1"),
          recorded(application));
    }
  }

  @Test
  @DisplayName("HTTP-15: a public page cannot make a token up, nor can a header")
  void forgedAttributes_ofPublicPage_openNothing() throws Exception {
    String name = "dev.portcullis.token";
    Script script =
        (request, response) -> {
          request.setAttribute(name, "forged");
          request.setAttribute("dev.portcullis.judgement.guard", "forged");
          request.getRequestDispatcher("/admin/x").forward(request, response);
        };
    try (TestingApplication application = serving("/public/*", script)) {
      assertEquals(401, application.get("/public/x", name + ": forged").status());
      assertEquals(0, page.calls());
    }
  }

  @Test
  @DisplayName("HTTP-15: nothing is inherited from the request before on the same connection")
  void identity_isNotCarriedOver() throws Exception {
    builder.with("paths.optional", "/free/*");
    Script script =
        (request, response) ->
            response.getOutputStream().print(request.getUserPrincipal() + " " + inherited(request));
    try (TestingApplication application = serving("/free/*", script);
        RawHttp http = new RawHttp(application.port())) {
      assertEquals("alice [dev.portcullis.token]", http.send("GET", "/free/x", READER).body());
      assertEquals("null []", http.send("GET", "/free/x").body());
    }
  }

  @Test
  void timeInTheApplication_isRecorded() throws Exception {
    try (TestingApplication application =
        serving("/orders/*", (request, response) -> work(5_000_000))) {
      application.get("/orders/1", READER);
      application.get("/orders/1");

      List<AuditEvent> entries = builder.journal().requests(2);
      long total = (Long) entries.get(0).get(AuditField.ROUND_TRIP_MS).orElseThrow();
      long rest = (Long) entries.get(0).get(AuditField.PROXY_ROUND_TRIP_MS).orElseThrow();
      assertTrue(rest >= 5, () -> rest + " of " + total);
      assertTrue(rest <= total, () -> rest + " of " + total);
      assertEquals(0L, entries.get(1).get(AuditField.PROXY_ROUND_TRIP_MS).orElseThrow());
    }
  }

  private TestingApplication serving(String path, Script script) throws Exception {
    return builder.serving(path, new ScriptedServlet(script)).start();
  }

  private ScriptedServlet withErrorPage(int status) {
    ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
    pages.addErrorPage(status, "/error");
    builder.context().setErrorHandler(pages);
    ScriptedServlet error =
        new ScriptedServlet(
            (request, response) ->
                response.getOutputStream().print("the page for " + request.getUserPrincipal()));
    builder.serving("/error", error);
    return error;
  }

  private static Script forwardingTo(String path) {
    return (request, response) -> request.getRequestDispatcher(path).forward(request, response);
  }

  private static Script including(String path) {
    return (request, response) -> request.getRequestDispatcher(path).include(request, response);
  }

  private static List<String> ours(HttpServletRequest request) {
    return Collections.list(request.getAttributeNames()).stream()
        .filter(name -> name.startsWith("dev.portcullis."))
        .toList();
  }

  /** Attributes of ours that tell something about who asks. */
  private static List<String> inherited(HttpServletRequest request) {
    return ours(request).stream().filter(name -> name.endsWith(".token")).toList();
  }

  private static void work(long nanos) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < nanos) {
      Thread.onSpinWait();
    }
  }

  private static List<String> challengesWithoutDescription(RawHttp.Response response) {
    return response.challenges().stream()
        .map(text -> text.replaceFirst(", error_description=\"[^\"]*\"", ""))
        .toList();
  }

  /** All request entries, in short, when the application has stopped and none can follow. */
  private List<String> recorded(TestingApplication application) {
    application.close();
    return builder.journal().events(AuditEvent.Type.REQUEST).stream()
        .map(
            event ->
                Journal.text(event, AuditField.RESPONSE_CODE)
                    + " "
                    + Journal.text(event, AuditField.OUTCOME)
                    + " "
                    + Journal.text(event, AuditField.FAILED_RULE_TYPE)
                    + " "
                    + Journal.text(event, AuditField.REQUEST_URI))
        .toList();
  }
}
