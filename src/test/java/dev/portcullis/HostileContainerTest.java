/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.Stub;
import dev.portcullis.testing.StubContainer;
import dev.portcullis.testing.StubContainer.Exchange;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A container that answers with null, throws or lies, wherever one may do so or has done so. */
@DisplayName("CFG-03: whatever the container does, nothing passes unjudged")
class HostileContainerTest {

  private static TestingAuthorizationServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("good", "{\"active\":true,\"sub\":\"alice\"}");
    server.token("bad", "{\"active\":false}");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** What becomes of a good token. */
  private enum Outcome {
    PASSES,
    IS_REFUSED
  }

  /** One way to misbehave. */
  private record Way(
      String name, Outcome outcome, Function<Parts, Stub<?>> where, String method, Behaviour what) {

    @Override
    public String toString() {
      return name + ": good token " + outcome;
    }

    void on(StubContainer container, Exchange exchange) {
      where.apply(new Parts(container, exchange)).with(method, what.value());
    }
  }

  /** What it misbehaves with. */
  private record Parts(StubContainer container, Exchange exchange) {}

  /** How. */
  private record Behaviour(String name, Stub.Behaviour value) {}

  private static final Function<Parts, Stub<?>> CONFIG = parts -> parts.container().config();
  private static final Function<Parts, Stub<?>> CONTEXT = parts -> parts.container().context();
  private static final Function<Parts, Stub<?>> REGISTRATION =
      parts -> parts.container().registration();
  private static final Function<Parts, Stub<?>> REQUEST = parts -> parts.exchange().request();
  private static final Function<Parts, Stub<?>> RESPONSE = parts -> parts.exchange().response();

  private static final Behaviour NULL = new Behaviour("is null", arguments -> null);
  private static final Behaviour UNSUPPORTED = throwing(new UnsupportedOperationException());
  private static final Behaviour STATE = throwing(new IllegalStateException());
  private static final Behaviour ARGUMENT = throwing(new IllegalArgumentException());
  private static final Behaviour LINKAGE = throwing(new NoSuchMethodError());
  private static final Behaviour MEMORY = throwing(new OutOfMemoryError());
  private static final Behaviour STACK = throwing(new StackOverflowError());

  private static Behaviour throwing(Throwable fault) {
    return new Behaviour(
        "throws " + fault.getClass().getSimpleName(),
        arguments -> {
          throw fault;
        });
  }

  private static Behaviour returning(String name, @Nullable Object value) {
    return new Behaviour("is " + name, arguments -> value);
  }

  private static Stream<Way> ways(
      Outcome outcome,
      Function<Parts, Stub<?>> where,
      String part,
      String method,
      Behaviour... all) {
    return Arrays.stream(all)
        .map(
            what -> new Way(part + "." + method + " " + what.name(), outcome, where, method, what));
  }

  private static Stream<Way> harmless(
      Function<Parts, Stub<?>> where, String part, String method, Behaviour... all) {
    return ways(Outcome.PASSES, where, part, method, all);
  }

  private static Stream<Way> closed(
      Function<Parts, Stub<?>> where, String part, String method, Behaviour... all) {
    return ways(Outcome.IS_REFUSED, where, part, method, all);
  }

  static Stream<Way> atTheStart() {
    Behaviour odd = returning("of another kind", new Object());
    return Stream.of(
            harmless(
                REGISTRATION, "registration", "getServletNameMappings", NULL, UNSUPPORTED, STATE),
            harmless(
                REGISTRATION, "registration", "getUrlPatternMappings", NULL, UNSUPPORTED, LINKAGE),
            harmless(REGISTRATION, "registration", "getClassName", NULL, STATE),
            harmless(REGISTRATION, "registration", "getName", NULL, STATE),
            harmless(
                CONTEXT, "context", "getFilterRegistration", NULL, UNSUPPORTED, STATE, LINKAGE),
            harmless(
                CONTEXT, "context", "getFilterRegistrations", NULL, UNSUPPORTED, STATE, LINKAGE),
            harmless(
                CONTEXT, "context", "getFilterRegistrations", returning("a null in it", nulls())),
            harmless(CONTEXT, "context", "getServletContextName", NULL, UNSUPPORTED),
            harmless(CONTEXT, "context", "getContextPath", NULL, UNSUPPORTED),
            harmless(CONTEXT, "context", "getServerInfo", NULL, UNSUPPORTED, MEMORY),
            harmless(CONTEXT, "context", "getRealPath", NULL, UNSUPPORTED),
            harmless(CONTEXT, "context", "getClassLoader", NULL, throwing(new SecurityException())),
            harmless(CONTEXT, "context", "getAttribute", odd),
            harmless(CONTEXT, "context", "setAttribute", returning("forgotten", null)),
            harmless(CONTEXT, "context", "log", UNSUPPORTED),
            closed(CONTEXT, "context", "getAttribute", STATE, LINKAGE),
            closed(CONTEXT, "context", "setAttribute", STATE, MEMORY),
            closed(CONFIG, "config", "getServletContext", NULL, STATE),
            closed(CONFIG, "config", "getFilterName", STATE, STACK),
            closed(CONFIG, "config", "getInitParameterNames", STATE, LINKAGE, MEMORY),
            closed(CONFIG, "config", "getInitParameter", NULL, STATE, MEMORY))
        .flatMap(ways -> ways);
  }

  private static Map<String, FilterRegistration> nulls() {
    Map<String, FilterRegistration> map = new HashMap<>();
    map.put("odd", null);
    return map;
  }

  static Stream<Way> atARequest() {
    Behaviour broken =
        new Behaviour(
            "an enumeration that throws",
            arguments ->
                new Enumeration<String>() {
                  @Override
                  public boolean hasMoreElements() {
                    return true;
                  }

                  @Override
                  public String nextElement() {
                    throw new NoSuchElementException();
                  }
                });
    Behaviour ofNull =
        new Behaviour(
            "an enumeration of null",
            arguments -> Collections.enumeration(Arrays.asList(null, null)));
    Behaviour foreign = returning("of another kind", "judgement");
    return Stream.of(
            harmless(REQUEST, "request", "getDispatcherType", NULL),
            harmless(REQUEST, "request", "getHttpServletMapping", NULL),
            closed(REQUEST, "request", "getHttpServletMapping", UNSUPPORTED, LINKAGE),
            harmless(REQUEST, "request", "getRequestId", NULL, UNSUPPORTED, LINKAGE),
            harmless(REQUEST, "request", "getAttribute", foreign, NULL),
            harmless(REQUEST, "request", "getPathInfo", returning("empty", "")),
            harmless(REQUEST, "request", "getHeaderNames", NULL, UNSUPPORTED),
            harmless(REQUEST, "request", "getContextPath", NULL, UNSUPPORTED),
            harmless(REQUEST, "request", "isAsyncSupported", UNSUPPORTED, LINKAGE),
            harmless(REQUEST, "request", "getServletContext", NULL, UNSUPPORTED),
            harmless(REQUEST, "request", "getProtocol", NULL),
            harmless(REQUEST, "request", "getUserPrincipal", STATE),
            harmless(REQUEST, "request", "getRemoteUser", STATE),
            harmless(REQUEST, "request", "getAuthType", STATE),
            closed(REQUEST, "request", "getDispatcherType", STATE),
            closed(REQUEST, "request", "getHeaders", NULL, UNSUPPORTED, MEMORY, broken, ofNull),
            closed(REQUEST, "request", "getMethod", NULL, STATE),
            closed(REQUEST, "request", "getRequestURI", NULL, STATE),
            closed(REQUEST, "request", "getServletPath", NULL, STATE, ARGUMENT),
            closed(REQUEST, "request", "getPathInfo", ARGUMENT, STATE, STACK),
            closed(REQUEST, "request", "getPathInfo", returning("without a slash", "vault")),
            closed(REQUEST, "request", "getQueryString", STATE),
            closed(REQUEST, "request", "getRemoteAddr", NULL, STATE),
            closed(REQUEST, "request", "getScheme", STATE),
            closed(REQUEST, "request", "getServerName", STATE),
            closed(REQUEST, "request", "getServerPort", STATE),
            closed(REQUEST, "request", "isSecure", STATE, LINKAGE),
            closed(REQUEST, "request", "setAttribute", STATE, MEMORY),
            closed(REQUEST, "request", "getAttribute", LINKAGE, STATE))
        .flatMap(ways -> ways);
  }

  static Stream<Way> atAResponse() {
    return Stream.of(
            harmless(RESPONSE, "response", "isCommitted", returning("a lie", true), STATE),
            harmless(RESPONSE, "response", "setStatus", STATE),
            harmless(RESPONSE, "response", "setHeader", STATE, MEMORY),
            harmless(RESPONSE, "response", "addHeader", UNSUPPORTED),
            harmless(RESPONSE, "response", "resetBuffer", STATE),
            harmless(RESPONSE, "response", "setContentLength", STATE),
            harmless(RESPONSE, "response", "getOutputStream", NULL, STATE),
            harmless(RESPONSE, "response", "getHeaders", NULL, UNSUPPORTED),
            harmless(RESPONSE, "response", "getStatus", STATE, returning("zero", 0)))
        .flatMap(ways -> ways);
  }

  @ParameterizedTest
  @MethodSource("atTheStart")
  void misbehavingAtTheStart_letsNothingPassUnjudged(Way way) {
    StubContainer container = new StubContainer(settings());
    way.on(container, container.exchange(""));
    ResourceServerFilter filter = new ResourceServerFilter();

    assertDoesNotThrow(() -> filter.init(container.config().object()));

    assertEquals(0, passes(filter, container, container.exchange("")));
    assertEquals(0, passes(filter, container, container.exchange("Bearer bad")));
    assertGood(way, filter, container, container.exchange("Bearer good"));
    assertDoesNotThrow(filter::destroy);
  }

  @ParameterizedTest
  @MethodSource({"atARequest", "atAResponse"})
  void misbehavingAtARequest_letsNothingPassUnjudged(Way way) throws Exception {
    StubContainer container = new StubContainer(settings());
    ResourceServerFilter filter = new ResourceServerFilter();
    filter.init(container.config().object());
    try {
      for (String authorization : List.of("", "Bearer bad")) {
        Exchange exchange = container.exchange(authorization);
        way.on(container, exchange);
        assertEquals(0, passes(filter, container, exchange));
      }
      Exchange good = container.exchange("Bearer good");
      way.on(container, good);
      assertGood(way, filter, container, good);
      assertEquals(1, passes(filter, container, container.exchange("Bearer good")));
    } finally {
      filter.destroy();
    }
  }

  @ParameterizedTest
  @MethodSource("atAResponse")
  void misbehavingWhenRefused_letsNothingPass(Way way) {
    StubContainer container = new StubContainer(Map.of());
    ResourceServerFilter filter = new ResourceServerFilter();
    assertDoesNotThrow(() -> filter.init(container.config().object()));
    for (DispatcherType type : DispatcherType.values()) {
      Exchange exchange = container.exchange("Bearer good");
      exchange.request().with("getDispatcherType", type);
      way.on(container, exchange);
      assertEquals(0, passes(filter, container, exchange));
    }
  }

  @Test
  void ways_areManyAndEachHasANameOfItsOwn() {
    List<String> names =
        Stream.of(atTheStart(), atARequest(), atAResponse())
            .flatMap(ways -> ways)
            .map(Way::name)
            .toList();
    assertTrue(names.size() >= 80, () -> names.size() + " ways");
    assertEquals(names.size(), names.stream().distinct().count());
  }

  /** The stub would return nothing for a method that nobody has: each name is one of the API's. */
  @Test
  void ways_areOfMethodsThatThereAre() {
    List<String> methods =
        Stream.of(
                FilterConfig.class,
                ServletContext.class,
                FilterRegistration.class,
                HttpServletRequest.class,
                HttpServletResponse.class)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .map(method -> method.getName())
            .toList();
    Stream.of(atTheStart(), atARequest(), atAResponse())
        .flatMap(ways -> ways)
        .forEach(way -> assertTrue(methods.contains(way.method()), way::name));
  }

  private static void assertGood(
      Way way, ResourceServerFilter filter, StubContainer container, Exchange exchange) {
    assertEquals(way.outcome() == Outcome.PASSES ? 1 : 0, passes(filter, container, exchange));
  }

  private static long passes(
      ResourceServerFilter filter, StubContainer container, Exchange exchange) {
    long before = container.passes();
    exchange.through(filter);
    return container.passes() - before;
  }

  private static Map<String, String> settings() {
    return Map.of(
        "as.introspection-endpoint", server.url("/introspect"),
        "as.secure", "false",
        "as.startup-probe", "off",
        "client.id", "rs",
        "client.secret", "rs-secret",
        "cache.tokens", "true",
        "audit.sinks", "log");
  }
}
