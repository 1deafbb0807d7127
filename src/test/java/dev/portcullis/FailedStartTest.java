/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.Stub;
import dev.portcullis.testing.StubContainer;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a start that fails, in a container of which nobody knows what it makes of it. */
@DisplayName("CFG-03: a failed start protects")
class FailedStartTest {

  private static final String GOOD = "Bearer good";

  @TempDir private Path folder;
  private TestingAuthorizationServer server;
  private final ResourceServerFilter filter = new ResourceServerFilter();

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("good", "{\"active\":true,\"sub\":\"alice\"}");
  }

  @AfterEach
  void stop() throws Exception {
    filter.destroy();
    server.close();
  }

  /** A Throwable of nobody's. */
  private static final class Unheard extends Throwable {

    private static final long serialVersionUID = 1L;
  }

  static Stream<Throwable> faults() {
    return Stream.of(
        new IllegalStateException("thrown by the test"),
        new UnsupportedOperationException(),
        new NullPointerException(),
        new SecurityException(),
        new OutOfMemoryError(),
        new StackOverflowError(),
        new NoClassDefFoundError("org/example/Missing"),
        new ExceptionInInitializerError(new IllegalStateException("thrown by the test")),
        new UnsupportedClassVersionError(),
        new VerifyError(),
        new AssertionError(),
        new InternalError(),
        new ServletException("thrown by the test"),
        new IOException("thrown by the test"),
        new Unheard());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whateverIsThrownAtTheStart_leavesInitNowhere_andNothingPasses(Throwable fault) {
    StubContainer container = new StubContainer(settings());
    container.config().with("getInitParameterNames", thrown -> throwIt(fault));

    try (CapturedLog log = CapturedLog.of("dev.portcullis")) {
      assertDoesNotThrow(() -> filter.init(container.config().object()));

      assertRefusesAll(container);
      assertEquals(1, log.linesAt(Level.SEVERE).size());
      assertTrue(log.text().contains(fault.getClass().getName()), log::text);
    }
  }

  private static Object throwIt(Throwable fault) throws Throwable {
    throw fault;
  }

  @Test
  void mistakes_areToldOnceInOneMessage_howeverManyRequestsFollow() throws Exception {
    StubContainer container =
        new StubContainer(settings("cache.tokens", "perhaps", "http.read-timeout", "soon"));
    try (CapturedLog log = CapturedLog.of("dev.portcullis")) {
      filter.init(container.config().object());
      long reads = container.config().calls("getInitParameter");
      for (int request = 0; request < 1000; request++) {
        assertRefuses(container, GOOD, DispatcherType.REQUEST);
      }
      assertEquals(0, container.passes());

      assertEquals(1, log.lines().size(), log::text);
      assertEquals(
          List.of(
              "Filter '" + container.config().object().getFilterName() + "' cannot start:",
              "http.read-timeout: must be a whole number, optionally with a unit: ms, s, m, h, d.",
              "cache.tokens: must be true or false.",
              "It answers every request with 503."),
          log.linesAt(Level.SEVERE).get(0).lines().toList());
      assertEquals(reads, container.config().calls("getInitParameter"), "it starts anew");
    }
  }

  @ParameterizedTest
  @EnumSource(DispatcherType.class)
  void everyDispatch_isRefused(DispatcherType type) throws Exception {
    StubContainer container =
        new StubContainer(settings("cache.tokens", "perhaps", "paths.excluded", "/r"));
    filter.init(container.config().object());

    assertRefuses(container, GOOD, type);
    assertRefuses(container, "", type);
    assertEquals(0, container.passes());
  }

  @ParameterizedTest
  @CsvSource({
    "refuse, , false",
    "REFUSE, , false",
    "fail, , true",
    "' Fail ', , true",
    "auto, , false",
    ", , false",
    "perhaps, , false",
    ", fail, true",
    ", refuse, false",
    ", perhaps, false",
    "refuse, fail, false",
    "fail, refuse, true",
    "auto, fail, false",
    "perhaps, fail, false",
    ", ${env:NO_SUCH_VARIABLE}, false",
  })
  void settingOfTheInitParam_thenOfTheFile_saysHowItEnds(
      String parameter, String inFile, boolean isThrown) throws Exception {
    Path file = folder.resolve("portcullis.properties");
    Files.writeString(file, inFile == null ? "" : "config.on-mistake = " + inFile);
    Map<String, String> settings = settings("cache.tokens", "perhaps");
    settings.put("config-file", file.toString());
    if (parameter != null) {
      settings.put("config.on-mistake", parameter);
    }
    StubContainer container = new StubContainer(settings);

    if (isThrown) {
      assertThrows(ServletException.class, () -> filter.init(container.config().object()));
    } else {
      filter.init(container.config().object());
    }
    assertRefusesAll(container);
  }

  @ParameterizedTest
  @CsvSource({"fail, true", "refuse, false", "auto, false"})
  void fileThatCannotBeRead_leavesTheInitParamToSay(String parameter, boolean isThrown)
      throws Exception {
    StubContainer container =
        new StubContainer(settings("config-file", "/no/such/file", "config.on-mistake", parameter));
    if (isThrown) {
      assertThrows(ServletException.class, () -> filter.init(container.config().object()));
    } else {
      filter.init(container.config().object());
    }
    assertRefusesAll(container);
  }

  @Test
  void failWhereNobodyKnowsTheContainer_isToldToBeUnsafe() {
    StubContainer container =
        new StubContainer(settings("cache.tokens", "perhaps", "config.on-mistake", "fail"));
    try (CapturedLog log = CapturedLog.of("dev.portcullis")) {
      ServletException thrown =
          assertThrows(ServletException.class, () -> filter.init(container.config().object()));

      assertTrue(thrown.getMessage().contains("cache.tokens: must be true or false."));
      String line = log.linesAt(Level.SEVERE).get(0);
      assertTrue(line.contains("cache.tokens: must be true or false."), line);
      assertTrue(line.endsWith(OnMistake.FAIL_IS_UNSAFE), line);
    }
  }

  @Test
  void logThatFails_keepsNothingFromBeingRefused() throws Exception {
    StubContainer container = new StubContainer(settings("cache.tokens", "perhaps"));
    container.config().with("getFilterName", thrown -> throwIt(new IllegalStateException()));

    filter.init(container.config().object());

    assertEquals(1, container.context().calls("log"));
    assertRefusesAll(container);
  }

  @Test
  void containerThatThrowsAtEverything_isRefused() throws Exception {
    StubContainer container = new StubContainer(Map.of());
    for (String method : List.of("getFilterName", "getServletContext", "getInitParameter")) {
      container.config().with(method, thrown -> throwIt(new OutOfMemoryError()));
    }

    filter.init(container.config().object());

    assertRefusesAll(container);
  }

  @Test
  void beforeInitAndAfterDestroy_nothingPasses() throws Exception {
    StubContainer container = new StubContainer(settings());
    assertRefusesAll(container);

    filter.init(container.config().object());
    assertPasses(container);
    filter.destroy();
    assertRefusesAll(container);
    filter.destroy();
    assertRefusesAll(container);
    filter.init(container.config().object());
    assertPasses(container);
  }

  @Test
  void secondInit_isRefused_sinceOneFilterCannotHaveTwoConfigurations() throws Exception {
    StubContainer container = new StubContainer(settings());
    StubContainer other = new StubContainer(settings("paths.excluded", "/*"));
    filter.init(container.config().object());
    for (int again = 0; again < 3; again++) {
      filter.init(other.config().object());
      assertRefusesAll(container);
      assertRefusesAll(other);
    }

    filter.destroy();
    filter.init(container.config().object());
    assertPasses(container);
  }

  @Test
  void startThatFailed_canBeTriedAgain() throws Exception {
    StubContainer wrong = new StubContainer(settings("as.secure", "perhaps"));
    StubContainer right = new StubContainer(settings());
    filter.init(wrong.config().object());
    filter.init(right.config().object());

    assertPasses(right);
  }

  @Test
  void requestThatIsNotHttp_doesNotPass() throws Exception {
    StubContainer container = new StubContainer(settings());
    filter.init(container.config().object());
    ServletRequest request = Stub.of(ServletRequest.class).object();
    ServletResponse response = Stub.of(ServletResponse.class).object();

    assertThrows(
        ServletException.class,
        () -> filter.doFilter(request, response, container.chain().object()));
    assertEquals(0, container.passes());
  }

  @ParameterizedTest
  @CsvSource({
    "Apache Tomcat/10.1.44, org.apache.catalina.core.ApplicationContextFacade, true",
    "Apache Tomcat/11.0.9, org.apache.catalina.core.ApplicationContextFacade, true",
    "jetty/12.0.23, org.eclipse.jetty.ee10.servlet.ServletContextHandler$ServletContextApi, true",
    "jetty/12.1.0, org.eclipse.jetty.ee11.webapp.WebAppContext$ServletApiContext, true",
    "jetty/12.0.23, org.eclipse.jetty.ee9.nested.ContextHandler$APIContext, false",
    "Eclipse GlassFish 7.0.21, org.apache.catalina.core.ApplicationContextFacade, false",
    "Payara Micro #badassfish, org.apache.catalina.core.ApplicationContextFacade, false",
    "Apache Tomcat (TomEE)/10.1.0, org.apache.catalina.core.ApplicationContextFacade, false",
    "Apache Tomcat/11.0.9, com.example.Facade, false",
    "WildFly Full 39.0.0.Final, io.undertow.servlet.spec.ServletContextImpl, false",
    "Undertow - 2.3.18.Final, io.undertow.servlet.spec.ServletContextImpl, false",
    "SMF WebContainer, com.ibm.ws.webcontainer40.osgi.webapp.WebApp40, false",
    "'', org.apache.catalina.core.ApplicationContextFacade, false",
  })
  void onlyTomcatAndJetty_areKnownToServeNothing(String info, String type, boolean isKnown) {
    assertEquals(isKnown, KnownContainers.include(info, type));
  }

  private void assertRefusesAll(StubContainer container) {
    long before = container.passes();
    for (DispatcherType type : DispatcherType.values()) {
      assertRefuses(container, GOOD, type);
      assertRefuses(container, "", type);
    }
    assertEquals(before, container.passes());
  }

  private void assertRefuses(StubContainer container, String authorization, DispatcherType type) {
    StubContainer.Exchange exchange = container.exchange(authorization);
    exchange.request().with("getDispatcherType", type);
    assertTrue(exchange.through(filter).isEmpty());
    assertEquals(503, exchange.status());
    assertEquals("no-store", exchange.field("Cache-Control"));
    assertFalse(exchange.field("Retry-After").isEmpty());
  }

  private void assertPasses(StubContainer container) {
    long before = container.passes();
    assertEquals(Optional.empty(), container.exchange(GOOD).through(filter));
    assertEquals(before + 1, container.passes());
  }

  private Map<String, String> settings(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "as.introspection-endpoint", server.url("/introspect"),
                "as.secure", "false",
                "as.startup-probe", "off",
                "client.id", "rs",
                "client.secret", "rs-secret",
                "audit.sinks", "log"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }
}
