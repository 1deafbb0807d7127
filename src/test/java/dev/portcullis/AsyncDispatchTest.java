/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asynchronous requests: they keep the decision, and are recorded once, when they are over. */
class AsyncDispatchTest {

  private static final String READER = "Authorization: Bearer reader";
  private static final String WRITER = "Authorization: Bearer writer";

  private final BlockingQueue<AsyncContext> started = new LinkedBlockingQueue<>();
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
            .with("rule.admin.paths", "/admin/*")
            .with("rule.admin.scopes", "write")
            .serving("/admin/*", page);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("HTTP-14: an asynchronous dispatch keeps decision and identity and asks nobody")
  void asyncDispatch_keepsDecision(boolean isWrapped) throws Exception {
    Script script =
        (request, response) -> {
          server.revoke("writer");
          AsyncContext async =
              isWrapped ? request.startAsync(request, response) : request.startAsync();
          async.start(() -> async.dispatch("/admin/x"));
        };
    try (TestingApplication application = serving("/async", script)) {
      RawHttp.Response response = application.get("/async", WRITER);

      assertEquals(200, response.status());
      assertTrue(response.body().contains("principal=alice\nuser=alice\nauth=Bearer\n"));
      assertTrue(response.body().contains("scopes=read write\n"));
      assertEquals(1, server.requests().size());
      assertEquals(List.of("200 allowed  /async"), recorded(application));
    }
  }

  @Test
  void asyncDispatchToStricterRule_isJudgedAgain() throws Exception {
    Script script =
        (request, response) -> {
          AsyncContext async = request.startAsync();
          async.start(() -> async.dispatch("/admin/x"));
        };
    try (TestingApplication application = serving("/async", script)) {
      assertEquals(403, application.get("/async", READER).status());
      assertEquals(0, page.calls());
      assertEquals(1, server.requests().size());
      assertEquals(List.of("403 denied scope_missing /async"), recorded(application));
    }
  }

  @Test
  void entry_isWrittenWhenTheRequestIsOver() throws Exception {
    try (TestingApplication application = serving("/async", this::hand)) {
      List<RawHttp.Response> responses = new ArrayList<>();
      Thread client = client(application, responses);
      AsyncContext async = started.take();
      assertEquals(401, application.get("/other").status());
      assertEquals(List.of("401 denied token_missing /other"), inShort(1));

      async.getResponse().getWriter().print("done");
      async.complete();
      client.join();

      assertEquals("done", responses.get(0).body());
      assertEquals(List.of("401 denied token_missing /other", "200 allowed  /async"), inShort(2));
    }
  }

  @Test
  void timeInTheApplication_lastsUntilTheRequestIsOver() throws Exception {
    try (TestingApplication application = serving("/async", this::hand)) {
      Thread client = client(application, new ArrayList<>());
      AsyncContext async = started.take();
      long begin = System.nanoTime();
      long other = 0;
      for (int i = 0; i < 5; i++) {
        application.get("/other");
        other = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      }
      async.complete();
      client.join();

      AuditEvent entry = builder.journal().request(6);
      long rest = (Long) entry.get(AuditField.PROXY_ROUND_TRIP_MS).orElseThrow();
      assertTrue(rest >= other, rest + " is less than " + other);
    }
  }

  @Test
  void timeOut_isRecordedOnce() throws Exception {
    // not less: Jetty may forget a time-out that is over before it has been noted
    Script script = (request, response) -> request.startAsync().setTimeout(50);
    try (TestingApplication application = serving("/async", script)) {
      int status = application.get("/async", READER).status();

      assertEquals(500, status);
      assertEquals(List.of("500 allowed  /async"), recorded(application));
    }
  }

  @Test
  void exceptionInADispatch_isRecordedOnce() throws Exception {
    builder.serving(
        "/thrower",
        new ScriptedServlet(
            (request, response) -> {
              throw new ServletException("thrown by the test");
            }));
    Script script = (request, response) -> request.startAsync().dispatch("/thrower");
    try (TestingApplication application = serving("/async", script)) {
      assertEquals(500, application.get("/async", READER).status());
      assertEquals(List.of("500 allowed  /async"), recorded(application));
    }
  }

  @Test
  void exceptionAfterTheStart_isRecordedOnce() throws Exception {
    Script script =
        (request, response) -> {
          request.startAsync();
          throw new ServletException("thrown by the test");
        };
    try (TestingApplication application = serving("/async", script)) {
      assertEquals(500, application.get("/async", READER).status());
      assertEquals(List.of("500 allowed  /async"), recorded(application));
    }
  }

  @Test
  void completionWithinTheServlet_isRecordedOnce() throws Exception {
    Script script =
        (request, response) -> {
          response.setStatus(202);
          request.startAsync().complete();
        };
    try (TestingApplication application = serving("/async", script)) {
      assertEquals(202, application.get("/async", READER).status());
      assertEquals(List.of("202 allowed  /async"), recorded(application));
    }
  }

  @Test
  void severalDispatches_areRecordedOnce() throws Exception {
    Script script =
        (request, response) -> {
          int turn = turn(request);
          if (turn < 3) {
            request.setAttribute("turn", turn + 1);
            AsyncContext async = request.startAsync();
            async.start(async::dispatch);
          } else {
            response.getWriter().print(request.getRemoteUser() + " after turn " + turn);
          }
        };
    try (TestingApplication application = serving("/async", script)) {
      assertEquals("alice after turn 3", application.get("/async", READER).body());
      assertEquals(1, server.requests().size());
      assertEquals(List.of("200 allowed  /async"), recorded(application));
    }
  }

  private static int turn(HttpServletRequest request) {
    return request.getAttribute("turn") instanceof Integer turn ? turn : 0;
  }

  /** Hands an asynchronous request over to the test. */
  private void hand(HttpServletRequest request, Object response) {
    AsyncContext async = request.startAsync();
    async.setTimeout(0);
    started.add(async);
  }

  private static Thread client(TestingApplication application, List<RawHttp.Response> responses) {
    Thread client =
        new Thread(
            () -> {
              try {
                responses.add(application.get("/async", READER));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    client.start();
    return client;
  }

  private TestingApplication serving(String path, Script script) throws Exception {
    return builder.serving(path, new ScriptedServlet(script)).start();
  }

  /**
   * All request entries, in short: when one for the last request has come, and the application has
   * stopped so that none can follow.
   */
  private List<String> recorded(TestingApplication application) {
    inShort(1);
    application.close();
    return inShort(0);
  }

  /** The request entries so far, once there are that many. */
  private List<String> inShort(int number) {
    return builder.journal().requests(number).stream()
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
