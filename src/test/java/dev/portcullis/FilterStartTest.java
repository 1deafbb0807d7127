/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.DeployedWebapp;
import dev.portcullis.testing.EchoServlet;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the filter starts in an application with a {@code web.xml}, and how it does not. */
class FilterStartTest {

  private static final String SECRET = "s3cr3t-of-the-client";
  private static final String GOOD = "Authorization: Bearer good";

  @TempDir private Path directory;
  private final Journal journal = new Journal();
  private TestingAuthorizationServer server;
  private DeployedWebapp.Builder webapp;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("good", "{\"active\":true,\"sub\":\"alice\",\"scope\":\"read\"}");
    webapp = DeployedWebapp.in(Files.createDirectory(directory.resolve("webapp")));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  @DisplayName("CFG-01: all mistakes stop the start, in one exception that names every one")
  void mistakes_areInOneException() throws Exception {
    Map<String, String> settings = settings();
    settings.put("cache.token", SECRET);
    settings.put("http.connect-timeout", "-1");
    settings.put("cache.max-entries", "1000000000000");
    settings.put("as.targets", "");
    settings.put("token.clock-skew", "5 minutes");

    String message = failure(settings).getMessage();

    assertEquals(
        List.of(
            "Filter 'guard' cannot start:",
            "as.targets: at least one hostname:port pair is required.",
            "http.connect-timeout: must be between 1 and 60000 milliseconds.",
            "cache.max-entries: must be between 1 and 10000000.",
            "token.clock-skew: must be a whole number, optionally with a unit: ms, s, m, h, d.",
            "Unknown setting 'cache.token'. Did you mean 'cache.tokens'?"),
        message.lines().toList());
  }

  @Test
  @DisplayName("CFG-03: an application whose filter did not start is unavailable")
  void failedStart_leavesApplicationUnavailable() throws Exception {
    Map<String, String> settings = settings();
    settings.put("as.secure", "perhaps");
    try (DeployedWebapp application = webapp.filter("guard", "/*", settings).deploy()) {
      assertEquals(503, application.get("/r", GOOD).status());
      assertEquals(503, application.get("/r").status());
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  @DisplayName(
      "CFG-03: a filter that did not start serves nothing, should it be called all the same")
  void filterThatDidNotStart_answers503() throws Exception {
    EchoServlet echo = new EchoServlet();
    try (TestingApplication application =
        TestingApplication.builder().serving("/", echo).behind(new StartedInVain()).startAsItIs()) {
      RawHttp.Response response = application.get("/r", GOOD);
      assertEquals(503, response.status());
      assertEquals("no-store", response.header("Cache-Control"));
      assertEquals(0, echo.calls());
    }
  }

  @Test
  @DisplayName("CFG-03: a sink that cannot be opened stops the start too")
  void sinkThatCannotBeOpened_stopsStart() throws Exception {
    Map<String, String> settings = settings();
    settings.keySet().removeIf(key -> key.startsWith("audit."));
    settings.put("audit.sinks", "file");
    settings.put("audit.file", directory.toString());

    String message = failure(settings).getMessage();

    assertTrue(message.contains("audit.file: cannot be opened: "), message);
  }

  @Test
  void fileOfTheApplication_isRead() throws Exception {
    webapp.file("WEB-INF/oauth.properties", properties(settings()));
    assertServes(Map.of("config-file", "/WEB-INF/oauth.properties"));
  }

  @Test
  void fileOnTheClassPath_isRead() throws Exception {
    webapp.file("WEB-INF/classes/etc/oauth.properties", properties(settings()));
    assertServes(Map.of("config-file", "classpath:etc/oauth.properties"));
  }

  @Test
  void fileByItsPath_isRead() throws Exception {
    Path file = Files.writeString(directory.resolve("a.properties"), properties(settings()));
    assertServes(Map.of("config-file", file.toString()));
  }

  @Test
  void fileByPlaceholder_isRead() throws Exception {
    Files.writeString(directory.resolve("a.properties"), properties(settings()));
    System.setProperty("portcullis.testing.directory", directory.toString());
    try {
      assertServes(Map.of("config-file", "${sys:portcullis.testing.directory}/a.properties"));
    } finally {
      System.clearProperty("portcullis.testing.directory");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/WEB-INF/no", "classpath:no", "/no/such/file"})
  void missingFile_stopsStart(String name) throws Exception {
    String message = failure(Map.of("config-file", name)).getMessage();

    assertEquals(
        List.of("Filter 'guard' cannot start:", "config-file: cannot read '" + name + "'."),
        message.lines().toList());
  }

  @Test
  void missingFile_hidesNoOtherMistake() throws Exception {
    Map<String, String> wrong = Map.of("config-file", "/no", "http.read-timeout", "soon");

    List<String> lines = failure(wrong).getMessage().lines().toList();

    assertEquals(3, lines.size(), lines::toString);
    assertTrue(lines.get(2).startsWith("http.read-timeout: "), lines::toString);
  }

  @Test
  void fileByPlaceholderThatStandsForNothing_stopsStart() throws Exception {
    String message = failure(Map.of("config-file", "${sys:no.such}")).getMessage();

    assertTrue(message.contains("config-file: cannot resolve '${sys:no.such}'."), message);
  }

  @Test
  void relativePath_isNoFileName() throws Exception {
    assertTrue(Files.exists(Path.of("pom.xml")));

    String message = failure(Map.of("config-file", "pom.xml")).getMessage();

    assertTrue(message.contains("config-file: cannot read 'pom.xml'."), message);
  }

  @Test
  void configFileInTheFile_isAMistake() throws Exception {
    webapp.file("WEB-INF/a.properties", properties(settings()) + "config-file = b.properties\n");

    String message = failure(Map.of("config-file", "/WEB-INF/a.properties")).getMessage();

    assertTrue(
        message.contains(
            "config-file: must be an init-param, not an entry of /WEB-INF/a.properties."),
        message);
  }

  @Test
  void initParam_overridesFile() throws Exception {
    Map<String, String> inFile = settings();
    inFile.put("as.introspection-endpoint", "/elsewhere");
    inFile.put("challenge.realm", "from the file");
    webapp.file("WEB-INF/a.properties", properties(inFile));

    try (DeployedWebapp application =
        webapp
            .filter(
                "guard",
                "/*",
                Map.of(
                    "config-file", "/WEB-INF/a.properties",
                    "as.introspection-endpoint", "/introspect"))
            .deploy()) {
      assertEquals(List.of("Bearer realm=\"from the file\""), application.get("/r").challenges());
      assertEquals(200, application.get("/r", GOOD).status());
      assertEquals("/introspect", server.onlyRequest().target());
    }
  }

  @Test
  void placeholders_standForWhatTheyName() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), SECRET + "\n");
    Map<String, String> settings = settings();
    settings.put("client.secret", "${file:" + secret + "}");
    settings.put("client.secret-method", "post");

    assertServes(settings);

    assertEquals(SECRET, server.onlyRequest().parameter("client_secret").orElseThrow());
  }

  @Test
  void twoFilters_mayShareAFileAndDiffer() throws Exception {
    Path file = directory.resolve("audit.json");
    Map<String, String> shared = settings();
    shared.keySet().removeIf(key -> key.startsWith("audit."));
    shared.put("audit.sinks", "file");
    shared.put("audit.file", file.toString());
    webapp.file("WEB-INF/a.properties", properties(shared));
    webapp.filter("one", "/one/*", Map.of("config-file", "/WEB-INF/a.properties"));
    webapp.filter(
        "two", "/two/*", Map.of("config-file", "/WEB-INF/a.properties", "require.scopes", "write"));

    try (DeployedWebapp application = webapp.deploy()) {
      assertEquals(200, application.get("/one/r", GOOD).status());
      assertEquals(403, application.get("/two/r", GOOD).status());
    }

    List<String> requests =
        Files.readAllLines(file).stream()
            .filter(line -> line.contains("\"event\":\"request\""))
            .toList();
    assertEquals(2, requests.size());
    assertTrue(requests.stream().anyMatch(line -> line.contains("\"resourceName\":\"one\"")));
    assertTrue(requests.stream().anyMatch(line -> line.contains("\"resourceName\":\"two\"")));
  }

  @Test
  @DisplayName("CFG-05: the effective configuration is shown once, secrets masked")
  void effectiveSettings_areRecordedOnceWithoutSecrets() throws Exception {
    Map<String, String> settings = settings();
    settings.put("as.description", "the {corporate} server");
    try (CapturedLog log = CapturedLog.of("dev.portcullis");
        DeployedWebapp application = webapp.filter("guard", "/*", settings).deploy()) {
      assertEquals(401, application.get("/r").status());
      AuditEvent entry = loaded();
      assertEquals("********", shown(entry).get("client.secret"));
      assertEquals("rs-1", shown(entry).get("client.id"));
      assertEquals("64", shown(entry).get("http.max-waiting"));
      assertEquals(
          "Filter guard protects /: the {corporate} server", log.linesAt(Level.INFO).get(0));
      assertFalse((log.lines() + entry.toString()).contains(SECRET));
    }
  }

  @Test
  void startOfFilterWithoutDescription_isOneLineWithoutTrailingBlank() throws Exception {
    try (CapturedLog log = CapturedLog.of("dev.portcullis.Assembly");
        DeployedWebapp application = webapp.filter("guard", "/*", settings()).deploy()) {
      assertEquals(List.of(), application.fault().stream().toList());
      assertEquals("Filter guard protects /", log.linesAt(Level.INFO).get(0));
    }
  }

  @ParameterizedTest
  @CsvSource({"secret, 1", "private-key-jwt, 0"})
  @DisplayName("CAU-03: a client secret is noted at the start, in favour of asymmetric methods")
  void clientSecret_isNotedAtTheStart(String type, int notes) throws Exception {
    Map<String, String> settings = settings();
    settings.put("client.credentials-type", type);
    settings.put("as.issuer", "https://as.example.com");
    try (CapturedLog log = CapturedLog.of("dev.portcullis.Assembly");
        DeployedWebapp application = webapp.filter("guard", "/*", settings).deploy()) {
      assertEquals(List.of(), application.fault().stream().toList());
      assertEquals(
          notes,
          log.linesAt(Level.INFO).stream()
              .filter(line -> line.startsWith("client.credentials-type: secret is in use; "))
              .count());
    }
  }

  @Test
  @DisplayName("CFG-01: secrets are in no exception")
  void failure_showsNoSecret() throws Exception {
    Map<String, String> settings = settings();
    settings.put("client.secre", SECRET);
    settings.put("client.secret", SECRET + "${nothing:" + SECRET + "}");
    settings.put("as.secure", "perhaps");
    try (CapturedLog log = CapturedLog.of("dev.portcullis")) {
      StringWriter trace = new StringWriter();
      failure(settings).printStackTrace(new PrintWriter(trace));

      assertTrue(trace.toString().contains("Unknown setting 'client.secre'. Did you mean"));
      assertFalse((trace + log.lines().toString()).contains(SECRET), trace::toString);
    }
  }

  @Test
  void authorizationServerThatIsDown_doesNotStopTheStart() throws Exception {
    server.stop();
    try (DeployedWebapp application = webapp.filter("guard", "/*", settings()).deploy()) {
      RawHttp.Response response = application.get("/r", GOOD);
      assertEquals(503, response.status());
      assertTrue(Integer.parseInt(response.header("Retry-After")) > 0);
      server.start();
      assertEquals(200, retried(application).status());
    }
  }

  /** A container that calls a filter although its start failed. */
  private static final class StartedInVain implements Filter {

    private final ResourceServerFilter filter = new ResourceServerFilter();

    @Override
    public void init(FilterConfig config) {
      assertThrows(ServletException.class, () -> filter.init(config));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      filter.doFilter(request, response, chain);
    }
  }

  /** Again and again until the authorization server has been noticed, for a limited time. */
  private static RawHttp.Response retried(DeployedWebapp application) throws Exception {
    RawHttp.Response response = application.get("/r", GOOD);
    for (int i = 0; i < 1000 && response.status() == 503; i++) {
      response = application.get("/r", GOOD);
    }
    return response;
  }

  private void assertServes(Map<String, String> parameters) throws Exception {
    long begin = System.nanoTime();
    try (DeployedWebapp application = webapp.filter("guard", "/*", parameters).deploy()) {
      System.out.println("deployed in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
      assertEquals(List.of(), application.fault().stream().toList());
      assertEquals(401, application.get("/r").status());
      assertEquals(200, application.get("/r", GOOD).status());
    }
  }

  private ServletException failure(Map<String, String> parameters) throws Exception {
    try (CapturedLog ofTheContainer = CapturedLog.of("org.eclipse.jetty");
        DeployedWebapp application = webapp.filter("guard", "/*", parameters).deploy()) {
      assertFalse(ofTheContainer.lines().toString().contains(SECRET));
      Throwable fault = application.fault().orElseThrow();
      return assertInstanceOf(
          ServletException.class,
          Stream.iterate(fault, Throwable::getCause)
              .filter(ServletException.class::isInstance)
              .findFirst()
              .orElse(fault));
    }
  }

  private AuditEvent loaded() {
    List<AuditEvent> entries =
        journal.await(
            1, event -> Journal.text(event, AuditField.KIND).equals("configuration-loaded"));
    assertEquals(1, entries.size());
    return entries.get(0);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> shown(AuditEvent entry) {
    return (Map<String, String>) entry.get(AuditField.SETTINGS).orElseThrow();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(journal.settings());
    settings.put("as.targets", server.hostAndPort());
    settings.put("as.introspection-endpoint", "/introspect");
    settings.put("as.secure", "false");
    settings.put("client.id", "rs-1");
    settings.put("client.secret", SECRET);
    settings.put("failover.failed-retry-timeout", "0");
    settings.put("failover.max-retries", "0");
    settings.put("as.startup-probe", "off");
    return settings;
  }

  private static String properties(Map<String, String> settings) {
    StringBuilder text = new StringBuilder();
    settings.forEach((key, value) -> text.append(key + " = " + value + "\n"));
    return text.toString();
  }
}
