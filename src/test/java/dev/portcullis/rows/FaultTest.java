/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditField;
import dev.portcullis.api.TokenPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions that nobody expects, thrown where the filter reads the request and writes to it. */
class FaultTest {

  private static final String CREDENTIALS = "Authorization: Bearer s3cret-15";

  /** What a fault says, which could repeat what a request contained. */
  private static final String MESSAGE = "s3cret-message";

  private static final Map<String, Supplier<RuntimeException>> EXCEPTIONS = new HashMap<>();

  static {
    EXCEPTIONS.put("RuntimeException", () -> new RuntimeException(MESSAGE));
    EXCEPTIONS.put("NullPointerException", () -> new NullPointerException(MESSAGE));
    EXCEPTIONS.put("ClassCastException", () -> new ClassCastException(MESSAGE));
    EXCEPTIONS.put("IllegalArgumentException", () -> new IllegalArgumentException(MESSAGE));
    EXCEPTIONS.put("IllegalStateException", () -> new IllegalStateException(MESSAGE));
    EXCEPTIONS.put("StackOverflowError", FaultTest::overflow);
  }

  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    api = Api.start(builder -> builder.behind(new Disguise(Faulty::new)));
    api.server().token("s3cret-15", "{\"active\":true,\"sub\":\"alice\"}");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RuntimeException",
        "NullPointerException",
        "ClassCastException",
        "IllegalArgumentException",
        "IllegalStateException",
        "StackOverflowError"
      })
  @DisplayName("ERR-15: whatever is thrown while the request is read")
  void exceptionWhileReading_isFault(String exception) throws Exception {
    Observed observed = fault("getHeaders " + exception).isFault();
    assertEquals(0, observed.questions().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "getRequestURI",
        "getQueryString",
        "getServletPath",
        "getRemoteAddr",
        "isSecure",
        "getServerName",
        "getAttribute"
      })
  @DisplayName("ERR-15: wherever it is thrown while the request is read")
  void exceptionWhereverReading_isFault(String method) throws Exception {
    Observed observed = fault(method + " RuntimeException").isFault();
    assertEquals(0, observed.questions().size());
  }

  @Test
  @DisplayName("ERR-15: a request without what every request has")
  void nothingWhereSomethingMustBe_isFault() throws Exception {
    Observed observed = fault("getRequestURI nothing").isFault();
    assertEquals(0, observed.questions().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RuntimeException", "StackOverflowError"})
  @DisplayName("ERR-15: after the authorization server has vouched for the token")
  void exceptionWhileMarking_isFault(String exception) throws Exception {
    Observed observed = fault("setAttribute " + exception).isFault();
    assertEquals(1, observed.questions().size());
    assertEquals("alice", observed.audited(AuditField.SUBJECT));
  }

  @Test
  @DisplayName("ERR-15: the next request is judged as if nothing had been")
  void requestAfterFault_passes() throws Exception {
    fault("getHeaders StackOverflowError").isFault();
    api.get("/r", CREDENTIALS).isPassed(1);
    api.get("/r").isUnauthenticated();
  }

  @Test
  @DisplayName("ERR-15: also where no token is demanded and where nothing is protected")
  void exceptionOnOtherPaths_isFault() throws Exception {
    try (Api open =
        Api.start(
            builder ->
                builder
                    .with("paths.optional", "/optional/*")
                    .with("paths.excluded", "/free/*")
                    .behind(new Disguise(Faulty::new)))) {
      open.get("/optional/r", "X-Fault: getHeaders RuntimeException").isFault();
      open.get("/free/r", "X-Fault: getHeaders RuntimeException").isFault();
      open.get("/free/r", "X-Fault: getRequestURI nothing").isFault();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/a%2fb", "/free/..;/b", "/free/%2e%2e/b", "/free//b", "/free/b%25c", "/a%u0041"})
  @DisplayName("HTTP-01, ERR-15: a path that the container fails to decode is the request's fault")
  void pathThatIsNotDecoded_isAmbiguous(String path) throws Exception {
    try (Api lenient =
        Api.start(
            builder -> {
              builder.with("paths.excluded", "/free/*").with("paths.optional", "/*");
              builder.http().setUriCompliance(UriCompliance.UNSAFE);
            })) {
      Observed observed = lenient.get(path, CREDENTIALS).isAmbiguous();
      assertEquals(List.of(), observed.log());
    }
  }

  private static Observed fault(String where) throws Exception {
    return api.get("/r", CREDENTIALS, "X-Fault: " + where)
        .tellsNowhere("s3cret-15")
        .tellsNowhere(MESSAGE);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static RuntimeException overflow() {
    return overflow();
  }

  /** A request that fails where the field {@code X-Fault} says. */
  private static final class Faulty extends HttpServletRequestWrapper {

    private final String place;
    private final String exception;

    Faulty(HttpServletRequest request) {
      super(request);
      String fault = request.getHeader("X-Fault");
      String[] parts = (fault == null ? "nowhere nothing" : fault).split(" ");
      place = parts[0];
      exception = parts[1];
    }

    private <T> T orFault(String method, T value) {
      if (!method.equals(place)) {
        return value;
      }
      if (exception.equals("nothing")) {
        return null;
      }
      throw EXCEPTIONS.get(exception).get();
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return orFault("getHeaders", super.getHeaders(name));
    }

    @Override
    public String getRequestURI() {
      return orFault("getRequestURI", super.getRequestURI());
    }

    @Override
    public String getQueryString() {
      return orFault("getQueryString", super.getQueryString());
    }

    @Override
    public String getContextPath() {
      return orFault("getContextPath", super.getContextPath());
    }

    @Override
    public String getServletPath() {
      return orFault("getServletPath", super.getServletPath());
    }

    @Override
    public String getRemoteAddr() {
      return orFault("getRemoteAddr", super.getRemoteAddr());
    }

    @Override
    public boolean isSecure() {
      return orFault("isSecure", super.isSecure());
    }

    @Override
    public String getServerName() {
      return orFault("getServerName", super.getServerName());
    }

    @Override
    public Object getAttribute(String name) {
      Object value = super.getAttribute(name);
      return name.startsWith("jakarta.") ? orFault("getAttribute", value) : value;
    }

    @Override
    public void setAttribute(String name, Object value) {
      super.setAttribute(
          name, name.equals(TokenPrincipal.ATTRIBUTE) ? orFault("setAttribute", value) : value);
    }
  }
}
