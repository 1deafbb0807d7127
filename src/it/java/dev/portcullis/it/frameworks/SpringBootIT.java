/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.frameworks;

import static dev.portcullis.it.frameworks.Callers.CLERK;
import static dev.portcullis.it.frameworks.Callers.MANAGER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.FreePort;
import dev.portcullis.it.credentials.ServerProcess;
import dev.portcullis.manual.Page;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The packaged JAR in a Spring Boot application with embedded Tomcat, registered by code. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpringBootIT implements OrdersContract {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final int port = FreePort.find();
  private Callers callers;
  private ServerProcess application;

  @BeforeAll
  void start() throws Exception {
    callers = Callers.known();
    application =
        run(port, Map.of("as.secure", "false", "audit.sinks", "log", "paths.excluded", "/open"));
    application.await(START_LIMIT, () -> !FreePort.isFree(port));
  }

  @AfterAll
  void stop() throws IOException {
    application.close();
    callers.close();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String base() {
    return "";
  }

  @Test
  void requestAttribute_isTheToken() throws IOException {
    assertAnswer("orders:read", send("GET", "/orders/scopes", CLERK));
  }

  @Test
  @DisplayName(
      "HTTP-14, HTTP-16: the caller is the same, and has the same roles, after the dispatch")
  void asynchronousDispatch_keepsIdentity() throws IOException {
    Response response = send("GET", "/management/report", MANAGER);

    assertAnswer("report for alice", response);
    assertEquals("alice", response.header("Async-Caller"));
    assertEquals(403, send("GET", "/management/report", CLERK).status());
  }

  @Test
  @DisplayName("HTTP-11, HTTP-16: registered by code it judges forwards as well")
  void forwardFromAnOpenPath_isJudged() throws IOException {
    Response response = RawHttp.get(port, "/open");

    assertEquals(401, response.status(), response::toString);
    assertFalse(response.body().contains("orders of"), response::toString);
    assertAnswer("orders of bob", send("GET", "/open", CLERK));
  }

  @Test
  @DisplayName("HTTP-13: the page for errors keeps the application's status, and is not open")
  void errorPage_neitherLoopsNorOpens() throws IOException {
    Response missing = send("GET", "/nothing", CLERK);
    Response direct = RawHttp.get(port, "/error");

    assertEquals(404, missing.status(), missing::toString);
    assertEquals(
        missing.body().indexOf("\"status\":404"), missing.body().lastIndexOf("\"status\""));
    assertTrue(missing.body().contains("\"status\":404"), missing::toString);
    assertEquals(401, direct.status(), direct::toString);
    assertEquals("", direct.body());
  }

  @Test
  @DisplayName("CFG-01: with a setting that is wrong there is no application")
  void wrongSetting_stopsTheApplication() throws Exception {
    Map<String, String> settings = Map.of("as.secure", "false", "require.scope", "orders:read");

    try (ServerProcess refused = run(FreePort.find(), settings)) {
      assertTrue(refused.process().waitFor(90, TimeUnit.SECONDS), refused::said);
      assertEquals(1, refused.process().exitValue(), refused::said);
      assertTrue(refused.said().contains("require.scope"), refused::said);
    }
  }

  /** Runs it with the settings of the manual but for the address, and those in addition. */
  private ServerProcess run(int port, Map<String, String> settings) throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target"), "spring-boot-").toAbsolutePath();
    Path file = Files.writeString(folder.resolve("application.yaml"), manual());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-jar"));
    command.add(Callers.built("spring-boot", "spring-boot.jar").toString());
    command.add("--spring.config.location=" + file.toUri());
    command.add("--server.address=127.0.0.1");
    command.add("--server.port=" + port);
    settings.forEach((key, value) -> command.add("--portcullis." + key + "=" + value));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("ORDERS_CLIENT_SECRET", "secret");
    return ServerProcess.start(process, "spring-boot");
  }

  private String manual() {
    String text = Page.of("deployment.md").blocks("yaml").get(0);
    String address = "https://login.example.com/oauth2/introspect";
    assertTrue(text.contains(address), text);
    return text.replace(address, callers.server().url("/introspect"));
  }
}
