/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditSink;
import dev.portcullis.testing.ApplicationLoader;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.StubContainer;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a filter whose application has been stopped: nothing. */
class UndeployTest {

  private static final String GOOD = "Authorization: Bearer good";
  private static final int ROUNDS = 100;
  private static final long PATIENCE_MILLIS = 10_000;

  @TempDir private Path directory;
  private final List<DpopClient> clients =
      List.of(DpopClient.of("ES256"), DpopClient.of("ES512"), DpopClient.of("PS256"));
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("good", "{\"active\":true,\"sub\":\"alice\"}");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  @DisplayName("HTTP-21: no thread is left, and no connection")
  void threadsAndConnections_areGone() throws Exception {
    List<Thread> threads;
    try (TestingApplication application = builder().start()) {
      use(application);
      threads = ours();
      assertNotEquals(List.of(), threads);
      assertEquals(1, server.connections());
    }
    awaitEnd(threads);
    assertEquals(List.of(), ours());
    assertTrue(server.areConnectionsClosed());
  }

  @Test
  @DisplayName("HTTP-21: no bean is left")
  void bean_isGone() throws Exception {
    try (TestingApplication application = builder().start()) {
      use(application);
      assertEquals(1, beans().size());
    }
    assertEquals(Set.of(), beans());
  }

  @Test
  @DisplayName("HTTP-21: the audit file is free for another application")
  void auditFile_isFree() throws Exception {
    try (TestingApplication application = builder().start()) {
      use(application);
      assertThrows(Exception.class, () -> builder().start().close());
    }
    try (TestingApplication next = builder().start()) {
      use(next);
    }
  }

  @Test
  @DisplayName("HTTP-21: a start that fails half-way leaves nothing either")
  void failedStart_leavesNothing() throws Exception {
    TestingApplication.Builder failing =
        builder()
            .with("audit.sinks", "file, failing")
            .with("audit.failing.class", FailingSink.class.getName());

    assertThrows(Exception.class, failing::start);

    assertEquals(List.of(), ours());
    assertEquals(Set.of(), beans());
    try (TestingApplication next = builder().start()) {
      use(next);
    }
  }

  @Test
  @DisplayName("HTTP-21: the class loader of the application can be collected")
  void classLoader_isCollected() throws Exception {
    assertTrue(isCollected(deployAndUndeploy()));
  }

  /** All of it on this thread, which goes on, as those of a container do. */
  @Test
  @DisplayName("HTTP-21: of ten deployments with proofs and signed assertions none is left")
  void tenClassLoaders_areCollected() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    for (int deployment = 0; deployment < 10; deployment++) {
      loaders.add(comeAndGo());
      Thread.currentThread().setContextClassLoader(own);
    }

    assertEquals(List.of(), loaders.stream().filter(loader -> !isCollected(loader)).toList());
    assertEquals(List.of(), ours());
    assertEquals(Set.of(), beans());
  }

  @Test
  @DisplayName("HTTP-21: what a pooled thread keeps does not hold the class loader")
  void threadLocals_holdNoClassLoader() throws Exception {
    WeakReference<ClassLoader> loader = makeDigest();

    assertTrue(isCollected(loader));
  }

  /** A sink that cannot be opened. */
  public static final class FailingSink implements AuditSink {

    /** For the filter. */
    public FailingSink() {}

    @Override
    public void open(Map<String, String> settings) throws IOException {
      throw new IOException("thrown by the test");
    }

    @Override
    public void write(AuditEvent event) {
      throw new IllegalStateException("never opened");
    }
  }

  /** An application of its own class loader comes, serves and goes; only a weak reference stays. */
  private WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
    ClassLoader loader = new ApplicationLoader();
    TestingApplication.Builder builder = builder().loadedBy(loader);
    try (TestingApplication application = builder.start()) {
      use(application);
    }
    return new WeakReference<>(loader);
  }

  private WeakReference<ClassLoader> comeAndGo() throws Exception {
    ClassLoader loader = new ApplicationLoader();
    Thread.currentThread().setContextClassLoader(loader); // as a container does
    Filter filter =
        (Filter)
            loader
                .loadClass("dev.portcullis.ResourceServerFilter")
                .getDeclaredConstructor()
                .newInstance();
    StubContainer container = new StubContainer(withProofs());
    filter.init(container.config().object());
    assertEquals(1, passes(container, filter, container.exchange("Bearer good")));
    assertEquals(0, passes(container, filter, container.exchange("Bearer bad")));
    for (DpopClient client : clients) {
      String token = "bound-to-" + client.thumbprint();
      server.token(
          token, "{\"active\":true,\"sub\":\"alice\",\"cnf\":" + client.confirmation() + "}");
      String proof = client.proof("GET", "http://localhost/r", token).toString();
      StubContainer.Exchange exchange = container.exchange("DPoP " + token);
      assertEquals(1, passes(container, filter, exchange.sending("DPoP", proof)));
    }
    filter.destroy();
    return new WeakReference<>(loader);
  }

  private static long passes(
      StubContainer container, Filter filter, StubContainer.Exchange exchange) {
    long before = container.passes();
    assertEquals(Optional.empty(), exchange.through(filter));
    return container.passes() - before;
  }

  private Map<String, String> withProofs() {
    return Map.ofEntries(
        Map.entry("as.introspection-endpoint", server.url("/introspect")),
        Map.entry("as.secure", "false"),
        Map.entry("as.issuer", "https://as.example.com"),
        Map.entry("client.id", "rs"),
        Map.entry("client.credentials-type", "private-key-jwt"),
        Map.entry("cache.tokens", "true"),
        Map.entry("dpop.type", "enabled"),
        Map.entry("request.base-urls", "http://localhost"),
        Map.entry("audit.sinks", "file, log"),
        Map.entry("audit.file", directory.resolve("audit.json").toString()));
  }

  /** On this thread, which outlives the class loader, as the container's do. */
  private static WeakReference<ClassLoader> makeDigest() throws Exception {
    ClassLoader loader = new ApplicationLoader();
    Class<?> token = loader.loadClass("dev.portcullis.oauth.AccessToken");
    assertEquals(loader, token.getClassLoader());
    Object parsed = token.getMethod("parse", String.class).invoke(null, "good");
    assertTrue(parsed.toString().contains("AccessToken["));
    return new WeakReference<>(loader);
  }

  /** Waits for threads to end, for a limited time. */
  private static void awaitEnd(List<Thread> threads) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    for (Thread thread : threads) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }
  }

  private static boolean isCollected(Reference<?> reference) {
    for (int round = 0; round < ROUNDS && !reference.refersTo(null); round++) {
      System.gc();
    }
    return reference.refersTo(null);
  }

  private void use(TestingApplication application) throws Exception {
    assertEquals(200, application.get("/r", GOOD).status());
    assertEquals(401, application.get("/r").status());
  }

  private TestingApplication.Builder builder() {
    return TestingApplication.builder()
        .withoutJournal()
        .asking(server.url("/introspect"))
        .with("cache.tokens", "true")
        .with("audit.sinks", "file, log")
        .with("audit.file", directory.resolve("audit.json").toString());
  }

  private static List<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("portcullis"))
        .toList();
  }

  private static Set<ObjectName> beans() throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("dev.portcullis:*"), null)
        .stream()
        .collect(Collectors.toSet());
  }
}
