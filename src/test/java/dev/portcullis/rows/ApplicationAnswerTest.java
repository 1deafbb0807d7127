/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.TestingApplication;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The application's own answers: they stay as they are, but for what scripts may read. */
class ApplicationAnswerTest {

  private static final String FIELD = "access-control-expose-headers";
  private static final String CREDENTIALS = "Authorization: Bearer good";
  private static final String ORIGIN = "Origin: https://app.example.com";

  private static Api api;
  private static Api exposing;

  @BeforeAll
  static void start() throws Exception {
    api = Api.start(builder -> builder.serving("/", new AnsweringServlet()));
    exposing =
        Api.start(
            builder ->
                builder
                    .with("cors.expose-challenge-headers", "true")
                    .serving("/", new AnsweringServlet()));
    for (Api each : List.of(api, exposing)) {
      each.server().token("good", "{\"active\":true,\"sub\":\"alice\"}");
    }
  }

  @AfterAll
  static void stop() {
    api.close();
    exposing.close();
  }

  @ParameterizedTest
  @CsvSource({"status, 401", "status, 403", "error, 401", "error, 403", "status, 500"})
  @DisplayName("ERR-16: the application's own refusal gets no challenge")
  void refusalOfTheApplication_isUntouched(String how, int status) throws Exception {
    Observed observed = api.get("/" + how + "/" + status, CREDENTIALS);
    assertEquals(1, observed.passes());
    assertEquals(status, observed.response().status());
    assertEquals(List.of(), observed.response().challenges());
    assertEquals("", observed.audited(AuditField.FAILED_RULE_TYPE));
  }

  @ParameterizedTest
  @CsvSource({"status, 401", "error, 401"})
  @DisplayName("ERR-16: its own challenge stays, and its own header fields")
  void challengeOfTheApplication_stays(String how, int status) throws Exception {
    RawHttp.Response response =
        api.get(
                "/" + how + "/" + status + "?WWW-Authenticate=Custom&Cache-Control=private&X-A=b",
                CREDENTIALS)
            .response();
    assertEquals(status, response.status());
    assertEquals(List.of("Custom"), response.challenges());
    if (how.equals("status")) { // the page of an error is the container's, and so is its caching
      assertEquals(List.of("private"), response.all("cache-control"));
      assertEquals("the application's", response.body());
    }
    assertEquals(List.of("b"), response.all("x-a"));
  }

  @Test
  @DisplayName("ERR-16: a success has no field of ours")
  void success_isUntouched() throws Exception {
    RawHttp.Response response = api.get("/status/200", CREDENTIALS, ORIGIN).response();
    Set<String> names = new TreeSet<>();
    response.headers().forEach(field -> names.add(field.name()));
    assertEquals(Set.of("server", "date", "content-length"), names);
    assertEquals("the application's", response.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept: */*", "Authorization: Bearer a,b", "Authorization: Bearer bad"})
  @DisplayName("ERR-17: scripts can read challenges")
  void refusal_isExposed(String line) throws Exception {
    assertEquals(
        Set.of("www-authenticate", "dpop-nonce"), exposed(exposing.get("/r", line, ORIGIN)));
    assertEquals(Set.of(), exposed(exposing.get("/r", line)));
    assertEquals(Set.of(), exposed(api.get("/r", line, ORIGIN)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status/200", "status/401", "error/401", "add/200", "reset/200", "async/200"})
  @DisplayName("ERR-17: and nonces, on what the application answers")
  void answerOfTheApplication_isExposed(String path) throws Exception {
    Observed observed = exposing.get("/" + path, CREDENTIALS, ORIGIN);
    assertEquals(Set.of("www-authenticate", "dpop-nonce"), exposed(observed));
    assertEquals(Set.of(), exposed(exposing.get("/" + path, CREDENTIALS)));
    assertEquals(Set.of(), exposed(api.get("/" + path, CREDENTIALS, ORIGIN)));
  }

  @ParameterizedTest
  @CsvSource({
    "status/200, X-Total",
    "add/200, X-Total",
    "status/200, 'X-Total, DPOP-NONCE'",
    "add/200, 'www-authenticate,X-Total'",
    "error/401, X-Total",
    "async/200, X-Total"
  })
  @DisplayName("ERR-17: beside what the application exposes itself")
  void exposureOfTheApplication_isMerged(String path, String names) throws Exception {
    String query = "?Access-Control-Expose-Headers=" + names.replace(" ", "%20");
    Observed observed = exposing.get("/" + path + query, CREDENTIALS, ORIGIN);
    assertEquals(Set.of("www-authenticate", "dpop-nonce", "x-total"), exposed(observed));
  }

  @Test
  @DisplayName("ERR-17: beside what a filter in front exposes")
  void exposureOfAnEarlierFilter_isMerged() throws Exception {
    try (Api behind = Api.start(ApplicationAnswerTest::behindAnotherFilter)) {
      behind.server().token("good", "{\"active\":true}");
      Set<String> all = Set.of("www-authenticate", "dpop-nonce", "x-first", "x-second");
      Observed refused = behind.get("/r", ORIGIN);
      assertEquals(all, exposed(refused));
      assertEquals(1, refused.response().all(FIELD).size());
      assertEquals(all, exposed(behind.get("/r", CREDENTIALS, ORIGIN)));
    }
  }

  private static void behindAnotherFilter(TestingApplication.Builder builder) {
    builder.with("cors.expose-challenge-headers", "true").behind(new ExposingFilter());
  }

  private static Set<String> exposed(Observed observed) {
    Set<String> names = new TreeSet<>();
    for (String value : observed.response().all(FIELD)) {
      for (String name : value.split(",")) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /**
   * Does what {@code /<how>/<status>?<field>=<value>&…} says: sets or adds the fields, then
   * answers.
   */
  private static final class AnsweringServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String[] path = request.getServletPath().split("/");
      String how = path.length > 2 ? path[1] : "status";
      int status = path.length > 2 ? Integer.parseInt(path[2]) : 200;
      if (how.equals("async")) {
        answerLater(request);
        return;
      }
      if (how.equals("reset")) {
        response.reset();
      }
      for (String name : request.getParameterMap().keySet()) {
        if (how.equals("add")) {
          response.addHeader(name, request.getParameter(name));
        } else {
          response.setHeader(name, request.getParameter(name));
        }
      }
      if (how.equals("error")) {
        response.sendError(status);
      } else {
        response.setStatus(status);
        response.getOutputStream().print("the application's");
      }
    }

    /** Comes back here with the response that the container knows. */
    private void answerLater(HttpServletRequest request) {
      AsyncContext context = request.startAsync();
      context.dispatch("/status/200");
    }
  }

  /** Exposes two fields, a field line each. */
  private static final class ExposingFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain rest)
        throws IOException, ServletException {
      ((HttpServletResponse) response).addHeader("Access-Control-Expose-Headers", "X-First");
      ((HttpServletResponse) response).addHeader("Access-Control-Expose-Headers", "X-Second");
      rest.doFilter(request, response);
    }
  }
}
