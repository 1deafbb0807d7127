/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.EchoServlet;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.ScriptedServlet;
import dev.portcullis.testing.ScriptedServlet.Script;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A page of the application that turns attributes and dispatches against the filter. */
class DispatchAttackTest {

  private static final String READER = "Authorization: Bearer reader";
  private static final String WRITER = "Authorization: Bearer writer";

  private final EchoServlet page = new EchoServlet();
  private TestingAuthorizationServer server;
  private TestingApplication.Builder builder;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("reader", "{\"active\":true,\"sub\":\"bob\",\"scope\":\"read\"}");
    server.token("writer", "{\"active\":true,\"sub\":\"alice\",\"scope\":\"read write\"}");
    builder =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .with("paths.excluded", "/public/*")
            .with("rule.admin.paths", "/admin/*")
            .with("rule.admin.scopes", "write")
            .serving("/admin/*", page);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  @DisplayName("HTTP-15: what was decided about one request is of no use to another")
  void judgementOfAnotherRequest_opensNothing() throws Exception {
    Map<String, Object> stolen = new HashMap<>();
    builder.serving(
        "/keep", new ScriptedServlet((request, response) -> stolen.putAll(attributes(request))));
    Script replay =
        (request, response) -> {
          stolen.forEach(request::setAttribute);
          request.getRequestDispatcher("/admin/x").forward(request, response);
        };
    try (TestingApplication application = serving("/public/*", replay);
        RawHttp http = new RawHttp(application.port())) {
      assertEquals(200, http.send("GET", "/keep", WRITER).status());

      assertEquals(401, http.send("GET", "/public/x").status());
      assertEquals(403, application.get("/public/x", READER).status());
      assertEquals(0, page.calls());
    }
  }

  @Test
  @DisplayName("HTTP-15: nor while that other request is still under way")
  void judgementOfARequestUnderWay_opensNothing() throws Exception {
    Map<String, Object> stolen = new HashMap<>();
    Script replay =
        (request, response) -> {
          stolen.forEach(request::setAttribute);
          request.getRequestDispatcher("/admin/x").forward(request, response);
        };
    builder.serving("/public/*", new ScriptedServlet(replay));
    int[] port = {0};
    Script keep =
        (request, response) -> {
          stolen.putAll(attributes(request));
          response.setStatus(RawHttp.get(port[0], "/public/x").status());
        };
    try (TestingApplication application = serving("/keep", keep)) {
      port[0] = application.port();

      assertEquals(401, application.get("/keep", WRITER).status());
      assertEquals(0, page.calls());
    }
  }

  @Test
  void refusedInclude_afterAnotherIncludeWasRecorded_isRecordedToo() throws Exception {
    Script script =
        (request, response) -> {
          request.getRequestDispatcher("/orders").include(request, response);
          try {
            request.getRequestDispatcher("/admin/x").include(request, response);
          } catch (ServletException e) {
            response.getOutputStream().print("refused");
          }
        };
    builder.serving("/orders", new EchoServlet());
    try (TestingApplication application = serving("/public/*", script)) {
      application.get("/public/x", READER);
      assertEquals(0, page.calls());
      assertEquals(
          List.of("200 allowed  /public/x", "500 denied scope_missing /public/x"),
          recorded(application));
    }
  }

  @Test
  void refusedForward_afterThePageHasTakenAWriter_isAnsweredAsARefusal() throws Exception {
    Script script =
        (request, response) -> {
          response.getWriter().print("something the page had to say");
          request.getRequestDispatcher("/admin/x").forward(request, response);
        };
    try (TestingApplication application = serving("/public/*", script)) {
      assertEquals(401, application.get("/public/x").status());
      RawHttp.Response lacking = application.get("/public/x", READER);
      assertEquals(403, lacking.status());
      assertEquals(true, lacking.body().startsWith("{\"error\":\"insufficient_scope\""));
    }
  }

  @Test
  void refusedAsyncDispatch_afterThePageHasWritten_isAnsweredAsARefusal() throws Exception {
    Script script =
        (request, response) -> {
          response.getOutputStream().print("something the page had to say".repeat(10));
          request.startAsync().dispatch("/admin/x");
        };
    try (TestingApplication application = serving("/async", script)) {
      RawHttp.Response lacking = application.get("/async", READER);
      assertEquals(403, lacking.status());
      assertEquals(
          true, lacking.body().startsWith("{\"error\":\"insufficient_scope\""), lacking.body());
    }
  }

  @Test
  void refusedForward_whereTheWriterRulesOutTheStream_isAnsweredAsARefusal() throws Exception {
    builder.behind(
        (request, response, rest) ->
            rest.doFilter(request, new WriterOrStream((HttpServletResponse) response)));
    Script script =
        (request, response) -> {
          response.getWriter().print("something the page had to say");
          request.getRequestDispatcher("/admin/x").forward(request, response);
        };
    try (TestingApplication application = serving("/public/*", script)) {
      RawHttp.Response lacking = application.get("/public/x", READER);
      assertEquals(403, lacking.status());
      assertEquals(true, lacking.body().startsWith("{\"error\":\"insufficient_scope\""));
    }
  }

  private TestingApplication serving(String path, Script script) throws Exception {
    return builder.serving(path, new ScriptedServlet(script)).start();
  }

  private static Map<String, Object> attributes(HttpServletRequest request) {
    Map<String, Object> attributes = new HashMap<>();
    for (String name : Collections.list(request.getAttributeNames())) {
      if (name.startsWith("dev.portcullis.")) {
        attributes.put(name, request.getAttribute(name));
      }
    }
    return attributes;
  }

  /** All request entries, in short, when the application has stopped and none can follow. */
  private List<String> recorded(TestingApplication application) {
    application.close();
    return builder.journal().requests(0).stream()
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

  /** A response as the specification has it: who has taken the writer gets no stream any more. */
  private static final class WriterOrStream extends HttpServletResponseWrapper {

    private boolean hasWriter;

    WriterOrStream(HttpServletResponse response) {
      super(response);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      hasWriter = true;
      return super.getWriter();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      if (hasWriter) {
        throw new IllegalStateException("the writer was taken");
      }
      return super.getOutputStream();
    }
  }
}
