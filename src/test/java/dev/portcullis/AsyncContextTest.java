/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.portcullis.dpop.TestingNonces;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.ScriptedServlet;
import dev.portcullis.testing.ScriptedServlet.Script;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingReplayStore;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FLD-42: {@code startAsync()} without arguments is no way around what the filter shows. */
class AsyncContextTest {

  private static final String READER = "Authorization: Bearer reader";
  private static final String BASE = "https://api.example.com";
  private static final String KEY = "a2V5LWtleS1rZXkta2V5LWtleS1rZXkta2V5LWtleS1rZXk=";

  private TestingAuthorizationServer server;
  private TestingApplication.Builder builder;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("reader", "{\"active\":true,\"sub\":\"alice\",\"scope\":\"read\"}");
    builder =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .with("request.hide-credentials", "true");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  static Stream<Named<Function<HttpServletRequest, AsyncContext>>> starts() {
    return Stream.of(
        Named.of("startAsync", HttpServletRequest::startAsync),
        Named.of(
            "getAsyncContext",
            request -> {
              request.startAsync();
              return request.getAsyncContext();
            }));
  }

  @ParameterizedTest
  @MethodSource("starts")
  @DisplayName("FLD-42: its request has the identity and hides the credentials")
  void requestOfTheContext_isTheOneShown(Function<HttpServletRequest, AsyncContext> start)
      throws Exception {
    Script script =
        (request, response) -> {
          AsyncContext async = start.apply(request);
          async.start(
              () -> {
                answer(async.getRequest(), async.getResponse());
                async.complete();
              });
        };
    assertEquals("alice Bearer null []", answered("/r", script));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("FLD-42: a listener is shown no other request")
  void requestOfAnEvent_isTheOneShown(boolean isSupplied) throws Exception {
    Script script =
        (request, response) -> {
          AsyncContext async = request.startAsync();
          async.setTimeout(50);
          async.addListener(
              new OnTimeout(
                  event -> {
                    AsyncContext context = event.getAsyncContext();
                    answer(
                        isSupplied ? event.getSuppliedRequest() : context.getRequest(),
                        isSupplied ? event.getSuppliedResponse() : context.getResponse());
                    context.complete();
                  }));
        };
    assertEquals("alice Bearer null []", answered("/r", script));
  }

  @Test
  @DisplayName("FLD-42: what a listener was added with, it is given")
  void suppliedObjects_areLeftAlone() throws Exception {
    Script script =
        (request, response) -> {
          AsyncContext async = request.startAsync();
          async.setTimeout(50);
          OnTimeout listener =
              new OnTimeout(
                  event -> {
                    assertSame(request, event.getSuppliedRequest());
                    answer(event.getSuppliedRequest(), event.getSuppliedResponse());
                    event.getAsyncContext().complete();
                  });
          async.addListener(listener, request, response);
        };
    assertEquals("alice Bearer null []", answered("/r", script));
  }

  @Test
  @DisplayName("FLD-42: a dispatch has the identity and hides the credentials")
  void dispatch_keepsWhatIsShown() throws Exception {
    builder.serving("/there", new ScriptedServlet(AsyncContextTest::answer));
    assertEquals(
        "alice Bearer null []",
        answered("/r", (request, response) -> request.startAsync().dispatch("/there")));
  }

  @Test
  @DisplayName("FLD-42: dispatch() after a forward goes where the container came from")
  void dispatchAfterForward_goesBack() throws Exception {
    Script there =
        (request, response) -> {
          AsyncContext async = request.startAsync();
          async.start(async::dispatch);
        };
    builder.serving("/there", new ScriptedServlet(there));
    Script script =
        (request, response) -> {
          if (request.getAttribute("seen") == null) {
            request.setAttribute("seen", true);
            request.getRequestDispatcher("/there").forward(request, response);
          } else {
            answer(request, response);
          }
        };
    assertEquals("alice Bearer null []", answered("/r", script));
  }

  @Test
  @DisplayName("FLD-42: a thousand dispatches later the request is wrapped as it was at first")
  void manyDispatches_wrapNoDeeper() throws Exception {
    Script script =
        (request, response) -> {
          int turn = request.getAttribute("turn") instanceof Integer number ? number : 0;
          request.setAttribute("turn", turn + 1);
          if (turn < 1000) {
            request.startAsync().dispatch();
          } else {
            response.getWriter().print(depth(request) + " " + depth(response));
          }
        };
    builder.with("cors.expose-challenge-headers", "true");
    assertEquals("2 2", answered("/r", script));
  }

  @ParameterizedTest
  @ValueSource(strings = {"context", "dispatch", "wrapped", "error"})
  @DisplayName("FLD-42: the next nonce stands as the filter set it, and is stored nowhere")
  void nonce_isNotForTheApplicationToSet(String way) throws Exception {
    DpopClient client = DpopClient.of("ES256");
    server.token(
        "bound", "{\"active\":true,\"sub\":\"alice\",\"cnf\":" + client.confirmation() + "}");
    builder.with("dpop.type", "enabled").with("dpop.require-nonce", "true");
    builder.with("dpop.nonce-key", KEY).with("request.base-urls", BASE);
    new TestingReplayStore.Shared().settings().forEach(builder::with);
    builder.serving("/interfering", new ScriptedServlet(AsyncContextTest::interfere));
    builder.context().setErrorHandler(errorPage("/interfering"));
    builder.serving("/r", new ScriptedServlet((request, response) -> lead(way, request, response)));
    try (TestingApplication application = builder.start()) {
      String aged = TestingNonces.issuedAt(Instant.now().minusSeconds(62), KEY);
      String proof =
          client.proof("GET", BASE + "/r", "bound").claim("nonce", DpopClient.quote(aged)).line();

      RawHttp.Response response = application.get("/r", "Authorization: DPoP bound", proof);

      assertEquals("interfered", response.body());
      assertEquals(1, response.all("dpop-nonce").size());
      assertNotEquals("of-the-application", response.header("dpop-nonce"));
      assertEquals(List.of("no-store"), response.all("cache-control"));
    }
  }

  private static void lead(String way, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (way) {
      case "context" -> {
        AsyncContext async = request.startAsync();
        interfere(async.getRequest(), async.getResponse());
        async.complete();
      }
      case "dispatch" -> request.startAsync().dispatch("/interfering");
      case "wrapped" -> request.startAsync(request, response).dispatch("/interfering");
      default -> response.sendError(HttpServletResponse.SC_CONFLICT);
    }
  }

  private static void interfere(ServletRequest request, ServletResponse given) throws IOException {
    HttpServletResponse response = (HttpServletResponse) given;
    response.setHeader("DPoP-Nonce", "of-the-application");
    response.addHeader("DPoP-Nonce", "of-the-application");
    response.setHeader("Cache-Control", "public, max-age=600");
    response.getWriter().print("interfered");
  }

  private static ErrorPageErrorHandler errorPage(String path) {
    ErrorPageErrorHandler handler = new ErrorPageErrorHandler();
    handler.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, path);
    return handler;
  }

  /** What the application sees of the caller, for a request of a reader. */
  private String answered(String path, Script script) throws Exception {
    try (TestingApplication application =
        builder.serving(path, new ScriptedServlet(script)).start()) {
      RawHttp.Response response = application.get(path, READER, "Origin: https://app.example");
      assertEquals(200, response.status());
      return response.body();
    }
  }

  private static void answer(ServletRequest seen, ServletResponse response) {
    HttpServletRequest request = (HttpServletRequest) seen;
    try {
      response
          .getWriter()
          .print(
              request.getRemoteUser()
                  + " "
                  + request.getAuthType()
                  + " "
                  + request.getHeader("Authorization")
                  + " "
                  + Collections.list(request.getHeaders("Authorization")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many layers of ours there are. */
  private static int depth(Object outer) {
    int depth = 0;
    for (Object layer = outer; layer != null; layer = below(layer)) {
      depth += layer.getClass().getPackageName().equals("dev.portcullis") ? 1 : 0;
    }
    return depth;
  }

  private static @Nullable Object below(Object layer) {
    if (layer instanceof ServletRequestWrapper request) {
      return request.getRequest();
    }
    return layer instanceof ServletResponseWrapper response ? response.getResponse() : null;
  }

  /** What is to be done about a time-out. */
  private record OnTimeout(Action action) implements AsyncListener {

    interface Action {
      void run(AsyncEvent event) throws IOException;
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      action.run(event);
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
