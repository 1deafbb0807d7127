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
  private record Way(String name, Outcome outcome, Part where, String method, Behaviour what) {

    @Override
    public String toString() {
      return name + ": good token " + outcome;
    }

    void on(StubContainer container, Exchange exchange) {
      where.of(container, exchange).with(method, what.value());
    }
  }

  /** What it misbehaves with. */
  private enum Part {
    CONFIG,
    CONTEXT,
    REGISTRATION,
    REQUEST,
    RESPONSE;

    Stub<?> of(StubContainer container, Exchange exchange) {
      return switch (this) {
        case CONFIG -> container.config();
        case CONTEXT -> container.context();
        case REGISTRATION -> container.registration();
        case REQUEST -> exchange.request();
        case RESPONSE -> exchange.response();
      };
    }
  }

  /** How. */
  private record Behaviour(String name, Stub.Behaviour value) {}

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

  private static Stream<Way> ways(Outcome outcome, Part where, String method, Behaviour... all) {
    return Arrays.stream(all)
        .map(
            what ->
                new Way(where + "." + method + " " + what.name(), outcome, where, method, what));
  }

  private static Stream<Way> harmless(Part where, String method, Behaviour... all) {
    return ways(Outcome.PASSES, where, method, all);
  }

  private static Stream<Way> closed(Part where, String method, Behaviour... all) {
    return ways(Outcome.IS_REFUSED, where, method, all);
  }

  static Stream<Way> atTheStart() {
    Behaviour odd = returning("of another kind", new Object());
    return Stream.of(
            harmless(Part.REGISTRATION, "getServletNameMappings", NULL, UNSUPPORTED, STATE),
            harmless(Part.REGISTRATION, "getUrlPatternMappings", NULL, UNSUPPORTED, LINKAGE),
            harmless(Part.REGISTRATION, "getClassName", NULL, STATE),
            harmless(Part.REGISTRATION, "getName", NULL, STATE),
            harmless(Part.CONTEXT, "getFilterRegistration", NULL, UNSUPPORTED, STATE, LINKAGE),
            harmless(Part.CONTEXT, "getFilterRegistrations", NULL, UNSUPPORTED, STATE, LINKAGE),
            harmless(Part.CONTEXT, "getFilterRegistrations", returning("a null in it", nulls())),
            harmless(Part.CONTEXT, "getServletContextName", NULL, UNSUPPORTED),
            harmless(Part.CONTEXT, "getContextPath", NULL, UNSUPPORTED),
            harmless(Part.CONTEXT, "getServerInfo", NULL, UNSUPPORTED, MEMORY),
            harmless(Part.CONTEXT, "getRealPath", NULL, UNSUPPORTED),
            harmless(Part.CONTEXT, "getClassLoader", NULL, throwing(new SecurityException())),
            harmless(Part.CONTEXT, "getAttribute", odd),
            harmless(Part.CONTEXT, "setAttribute", returning("forgotten", null)),
            harmless(Part.CONTEXT, "log", UNSUPPORTED),
            closed(Part.CONTEXT, "getAttribute", STATE, LINKAGE),
            closed(Part.CONTEXT, "setAttribute", STATE, MEMORY),
            closed(Part.CONFIG, "getServletContext", NULL, STATE),
            closed(Part.CONFIG, "getFilterName", STATE, STACK),
            closed(Part.CONFIG, "getInitParameterNames", STATE, LINKAGE, MEMORY),
            closed(Part.CONFIG, "getInitParameter", NULL, STATE, MEMORY))
        .flatMap(ways -> ways);
  }

  private static Map<String, FilterRegistration> nulls() {
    Map<String, FilterRegistration> map = new HashMap<>();
    map.put("odd", null);
    return map;
  }

  static Stream<Way> atARequest() {
    Behaviour broken =
        returning(
            "an enumeration that throws",
            Stub.of(Enumeration.class)
                .with("hasMoreElements", true)
                .with(
                    "nextElement",
                    arguments -> {
                      throw new NoSuchElementException();
                    })
                .object());
    Behaviour ofNull =
        new Behaviour(
            "an enumeration of null",
            arguments -> Collections.enumeration(Arrays.asList(null, null)));
    Behaviour foreign = returning("of another kind", "judgement");
    return Stream.of(
            harmless(Part.REQUEST, "getDispatcherType", NULL),
            harmless(Part.REQUEST, "getHttpServletMapping", NULL),
            closed(Part.REQUEST, "getHttpServletMapping", UNSUPPORTED, LINKAGE),
            harmless(Part.REQUEST, "getRequestId", NULL, UNSUPPORTED, LINKAGE),
            harmless(Part.REQUEST, "getAttribute", foreign, NULL),
            harmless(Part.REQUEST, "getPathInfo", returning("empty", "")),
            harmless(Part.REQUEST, "getHeaderNames", NULL, UNSUPPORTED),
            harmless(Part.REQUEST, "getContextPath", NULL, UNSUPPORTED),
            harmless(Part.REQUEST, "isAsyncSupported", UNSUPPORTED, LINKAGE),
            harmless(Part.REQUEST, "getServletContext", NULL, UNSUPPORTED),
            harmless(Part.REQUEST, "getProtocol", NULL),
            harmless(Part.REQUEST, "getUserPrincipal", STATE),
            harmless(Part.REQUEST, "getRemoteUser", STATE),
            harmless(Part.REQUEST, "getAuthType", STATE),
            closed(Part.REQUEST, "getDispatcherType", STATE),
            closed(Part.REQUEST, "getHeaders", NULL, UNSUPPORTED, MEMORY, broken, ofNull),
            closed(Part.REQUEST, "getMethod", NULL, STATE),
            closed(Part.REQUEST, "getRequestURI", NULL, STATE),
            closed(Part.REQUEST, "getServletPath", NULL, STATE, ARGUMENT),
            closed(Part.REQUEST, "getPathInfo", ARGUMENT, STATE, STACK),
            closed(Part.REQUEST, "getPathInfo", returning("without a slash", "vault")),
            closed(Part.REQUEST, "getQueryString", STATE),
            closed(Part.REQUEST, "getRemoteAddr", NULL, STATE),
            closed(Part.REQUEST, "getScheme", STATE),
            closed(Part.REQUEST, "getServerName", STATE),
            closed(Part.REQUEST, "getServerPort", STATE),
            closed(Part.REQUEST, "isSecure", STATE, LINKAGE),
            closed(Part.REQUEST, "setAttribute", STATE, MEMORY),
            closed(Part.REQUEST, "getAttribute", LINKAGE, STATE))
        .flatMap(ways -> ways);
  }

  static Stream<Way> atAResponse() {
    return Stream.of(
            harmless(Part.RESPONSE, "isCommitted", returning("a lie", true), STATE),
            harmless(Part.RESPONSE, "setStatus", STATE),
            harmless(Part.RESPONSE, "setHeader", STATE, MEMORY),
            harmless(Part.RESPONSE, "addHeader", UNSUPPORTED),
            harmless(Part.RESPONSE, "resetBuffer", STATE),
            harmless(Part.RESPONSE, "setContentLength", STATE),
            harmless(Part.RESPONSE, "getOutputStream", NULL, STATE),
            harmless(Part.RESPONSE, "getHeaders", NULL, UNSUPPORTED),
            harmless(Part.RESPONSE, "getStatus", STATE, returning("zero", 0)))
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
