/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.EchoServlet;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests at the edges of what a container takes. */
class HttpEdgeTest {

  private static final String BASE = "https://api.example.com";
  private static final String GOOD = "Authorization: Bearer good";

  private final TestingApplication.Builder builder = TestingApplication.builder();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("good", "{\"active\":true,\"scope\":\"read\"}");
    builder.asking(server.url("/introspect"));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @DisplayName("HTTP-03: another case, a suffix or a blank is another path, and that is denied")
  @CsvSource({
    "/admin, 200",
    "/ADMIN, 403",
    "/Admin, 403",
    "/admin/, 403",
    "/admin.json, 403",
    "/admin%20, 403",
    "/admin%09, 400",
    "/admin;x=y, 200",
    "/admin/x, 403"
  })
  void rule_holdsForItsPathOnly(String path, int status) throws Exception {
    builder.with("rules.default", "deny").with("rule.admin.paths", "/admin");
    try (TestingApplication application = builder.start()) {
      assertEquals(status, application.get(path, GOOD).status());
      assertEquals(status == 400 ? 400 : 401, application.get(path).status());
    }
  }

  @ParameterizedTest
  @DisplayName("HTTP-03: nothing is exempt unless it is named")
  @ValueSource(
      strings = {"/", "/favicon.ico", "/error", "/robots.txt", "/index.html", "/health", "/a.css"})
  void everyPath_isProtected(String path) throws Exception {
    try (TestingApplication application = builder.start()) {
      assertEquals(401, application.get(path).status());
    }
  }

  @ParameterizedTest
  @DisplayName("HTTP-08: the method of the request line counts, whatever else names one")
  @CsvSource({"/r, 'X-HTTP-Method-Override: DELETE'", "/r?_method=DELETE, 'X: y'"})
  void methodOverride_changesNothing(String target, String field) throws Exception {
    DpopClient client = DpopClient.of("ES256");
    server.token(
        "bound", "{\"active\":true,\"scope\":\"post\",\"cnf\":" + client.confirmation() + "}");
    builder
        .with("dpop.type", "required")
        .with("request.base-urls", BASE)
        .with("rule.post.methods", "POST")
        .with("rule.post.scopes", "post")
        .with("rule.delete.methods", "DELETE")
        .with("rule.delete.scopes", "delete");
    try (TestingApplication application = builder.start()) {
      assertEquals(200, post(application, target, field, client, "POST").status());
      assertEquals(401, post(application, target, field, client, "DELETE").status());
    }
  }

  private static Response post(
      TestingApplication application, String target, String field, DpopClient client, String method)
      throws IOException {
    return RawHttp.request(
        application.port(),
        "POST",
        target,
        "Authorization: DPoP bound",
        client.proof(method, BASE + "/r", "bound").line(),
        "Content-Length: 0",
        field);
  }

  @Test
  @DisplayName("HTTP-17: a handshake for another protocol needs a token, too")
  void handshake_needsAToken() throws Exception {
    EchoServlet socket = new EchoServlet();
    String[] handshake = {
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    try (TestingApplication application = builder.serving("/socket", socket).start()) {
      assertEquals(401, application.get("/socket", handshake).status());
      assertEquals(0, socket.calls());
      String[] authorized = Arrays.copyOf(handshake, handshake.length + 1);
      authorized[handshake.length] = GOOD;
      assertEquals(200, application.get("/socket", authorized).status());
      assertEquals(1, socket.calls());
    }
  }

  @Test
  @DisplayName("HTTP-18: a header that is too long is the container's to refuse")
  void longHeader_isRefusedByTheContainer() throws Exception {
    builder.http().setRequestHeaderSize(8192);
    try (TestingApplication application = builder.start()) {
      assertEquals(
          431, application.get("/r", "Authorization: Bearer " + "a".repeat(9000)).status());
      assertEquals(0, server.requests().size());
    }
  }

  @Test
  @DisplayName("HTTP-18: a hundred tokens are too many")
  void manyTokens_areRefused() throws Exception {
    try (TestingApplication application = builder.start()) {
      String[] fields = Collections.nCopies(100, GOOD).toArray(String[]::new);
      Response response = application.get("/r", fields);
      assertEquals(400, response.status());
      assertTrue(response.challenges().get(0).contains("invalid_request"), response::toString);
      assertEquals(0, server.requests().size());
    }
  }

  @ParameterizedTest
  @DisplayName("HTTP-18: parameters are the application's to read")
  @ValueSource(strings = {"good", "unknown"})
  void parameters_areNotRead(String token) throws Exception {
    builder.http().setRequestHeaderSize(65_536);
    ParameterWatch watch = new ParameterWatch();
    try (TestingApplication application = builder.behind(watch).start()) {
      String query = String.join("&", Collections.nCopies(10_000, "a=b"));
      assertEquals(
          token.equals("good") ? 200 : 401,
          application.get("/r?" + query, "Authorization: Bearer " + token).status());
      assertEquals(0, watch.reads());
    }
  }

  @Test
  @DisplayName("CFG-07: two filters with different servers share no answer")
  void filters_haveCachesOfTheirOwn() throws Exception {
    try (TestingAuthorizationServer other = TestingAuthorizationServer.plain()) {
      other.token("theirs", "{\"active\":true}");
      builder
          .with("cache.tokens", "true")
          .guarding("/ours/*")
          .asking(other.url("/introspect"))
          .guarding("/theirs/*");
      try (TestingApplication application = builder.startAsItIs()) {
        for (int round = 0; round < 2; round++) {
          assertEquals(200, application.get("/ours/r", GOOD).status());
          assertEquals(401, application.get("/theirs/r", GOOD).status());
          assertEquals(200, application.get("/theirs/r", "Authorization: Bearer theirs").status());
          assertEquals(401, application.get("/ours/r", "Authorization: Bearer theirs").status());
        }
        assertEquals(2, server.requests().size());
        assertEquals(2, other.requests().size());
      }
    }
  }

  /** Counts who reads parameters, of those behind it. */
  private static final class ParameterWatch implements Filter {

    private final AtomicInteger reads = new AtomicInteger();

    int reads() {
      return reads.get();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(
          new HttpServletRequestWrapper((HttpServletRequest) request) {
            @Override
            public String getParameter(String name) {
              reads.incrementAndGet();
              return super.getParameter(name);
            }

            @Override
            public Map<String, String[]> getParameterMap() {
              reads.incrementAndGet();
              return super.getParameterMap();
            }

            @Override
            public String[] getParameterValues(String name) {
              reads.incrementAndGet();
              return super.getParameterValues(name);
            }
          },
          response);
    }
  }
}
