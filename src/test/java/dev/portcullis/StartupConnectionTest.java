/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The trial of connections at the start ({@code as.startup-probe}), through the whole filter. */
class StartupConnectionTest {

  private static final TestingCertificates CERTIFICATES = TestingCertificates.shared();
  private static final String GOOD = "Authorization: Bearer good";
  private static final String LOG = "dev.portcullis.authserver";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static TestingAuthorizationServer server() throws Exception {
    return TestingAuthorizationServer.secured(CERTIFICATES.context(Server.GOOD))
        .token("good", "{\"active\":true,\"sub\":\"alice\"}");
  }

  private static TestingApplication.Builder builder(String url) {
    return TestingApplication.builder()
        .asking(url)
        .with("as.startup-probe", "")
        .with("as.trusted-certificate-group", "corp")
        .with("trust.corp.store", CERTIFICATES.trustStore().toString())
        .with("trust.corp.store-password", TestingCertificates.PASSWORD);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, "it did not happen");
      Thread.onSpinWait();
    }
  }

  @Test
  void possibleConnection_isToldAndClosed() throws Exception {
    try (TestingAuthorizationServer server = server();
        CapturedLog log = CapturedLog.of(LOG);
        TestingApplication application = builder(server.url("/introspect")).start()) {
      await(() -> !log.lines().isEmpty());

      assertEquals(
          List.of(
              "A connection to the authorization server at "
                  + server.hostAndPort()
                  + " is possible."),
          log.lines());
      assertEquals(1, server.connections());
      assertTrue(server.areConnectionsClosed());
      assertEquals(List.of(), server.requests());
      assertEquals(200, application.get("/r", GOOD).status());
    }
  }

  @Test
  void impossibleConnection_isToldAndStopsNothing() throws Exception {
    try (TestingAuthorizationServer server = server();
        CapturedLog log = CapturedLog.of(LOG)) {
      TestingApplication.Builder builder =
          builder(server.url("/introspect"))
              .with("trust.corp.store", CERTIFICATES.otherTrustStore().toString());
      try (TestingApplication application = builder.start()) {
        await(() -> !log.lines().isEmpty());
        assertTrue(log.lines().get(0).startsWith("No connection to the auth"), log.text());
        assertTrue(log.lines().get(0).endsWith("See as.trusted-certificate-group."), log.text());
        assertEquals(401, application.get("/r").status());
      }
    }
  }

  @Test
  void serverThatSaysNothing_delaysNoStart() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CapturedLog log = CapturedLog.of(LOG);
        TestingApplication application =
            builder("https://127.0.0.1:" + silent.getLocalPort() + "/introspect")
                .with("http.connect-timeout", "60000")
                .with("http.overall-timeout", "60000")
                .start()) {
      assertEquals(401, application.get("/r").status());
      assertEquals(List.of(), log.lines());
      silent.accept().close();
      await(() -> !log.lines().isEmpty());
    }
  }

  @Test
  void serverThatSpeaksNoTls_leadsToItsAddress() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CapturedLog log = CapturedLog.of(LOG);
        TestingApplication application =
            builder("https://127.0.0.1:" + plain.getLocalPort() + "/introspect").start()) {
      try (Socket connection = plain.accept()) {
        connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        await(() -> !log.lines().isEmpty());
      }
      assertTrue(log.lines().get(0).endsWith("See as.introspection-endpoint."), log.text());
      assertEquals(401, application.get("/r").status());
    }
  }

  @Test
  void off_connectsToNothing() throws Exception {
    try (TestingAuthorizationServer server = server()) {
      try (TestingApplication application =
          builder(server.url("/introspect")).with("as.startup-probe", "off").start()) {
        assertEquals(200, application.get("/r", GOOD).status());
        assertEquals(1, server.connections());
      }
    }
  }
}
