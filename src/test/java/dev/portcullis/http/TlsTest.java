/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.http.TransportException.Stage;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.DefaultTrust;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS with certificates made for the purpose. */
class TlsTest {

  private static final Duration SHORT = Duration.ofMillis(400);

  private static final TestingCertificates CERTIFICATES = TestingCertificates.shared();
  private static DefaultTrust trust;

  @BeforeAll
  static void trustTheAuthority() {
    trust = DefaultTrust.in(CERTIFICATES.trustStore());
  }

  @AfterAll
  static void trustAsBefore() {
    trust.close();
  }

  private static TestingAuthorizationServer server(Server certificate) throws IOException {
    return TestingAuthorizationServer.secured(CERTIFICATES.context(certificate));
  }

  @Test
  void goodCertificate_isAccepted() throws Exception {
    try (TestingAuthorizationServer server = server(Server.GOOD);
        TestingTransport transport = TestingTransport.with()) {
      assertEquals(200, transport.post(server.url("/")).status());
      assertEquals(200, transport.post(server.url("/")).status());
      assertEquals(1, server.connections());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, mode = EnumSource.Mode.EXCLUDE, names = "GOOD")
  @DisplayName("INT-03: a server with a wrong certificate is told nothing")
  void wrongCertificate_isRefusedBeforeAnythingIsSent(Server certificate) throws Exception {
    try (TestingAuthorizationServer server = server(certificate);
        TestingTransport transport = TestingTransport.with()) {
      assertEquals(
          certificate == Server.WRONG_HOST ? Stage.WRONG_NAME : Stage.UNTRUSTED,
          transport.failure(server.url("/")));
      server.stop();
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  @DisplayName("INT-03: the authority of a good certificate must be a trusted one")
  void authorityThatIsNotTrusted_isRefused() throws Exception {
    DefaultTrust other = DefaultTrust.in(CERTIFICATES.otherTrustStore());
    try (TestingAuthorizationServer server = server(Server.GOOD);
        TestingTransport transport = TestingTransport.with()) {
      assertEquals(Stage.UNTRUSTED, transport.failure(server.url("/")));
    } finally {
      other.close();
    }
  }

  @Test
  void expectedHostname_isTheOneVerified() throws Exception {
    String[] elsewhere = {"http.expected-hostname", "elsewhere.example"};
    try (TestingAuthorizationServer wrongHost = server(Server.WRONG_HOST);
        TestingAuthorizationServer good = server(Server.GOOD);
        TestingTransport transport = TestingTransport.with(elsewhere)) {
      assertEquals(200, transport.post(wrongHost.url("/")).status());
      assertEquals(Stage.WRONG_NAME, transport.failure(good.url("/")));
    }
  }

  @Test
  void expectedHostname_isSentAsServerName() throws Exception {
    ExtendedSSLSession session =
        session(Server.WRONG_HOST, "http.expected-hostname", "elsewhere.example");
    assertEquals(List.of(new SNIHostName("elsewhere.example")), session.getRequestedServerNames());
  }

  @Test
  void protocols_areThoseSet() throws Exception {
    assertEquals("TLSv1.3", session(Server.GOOD).getProtocol());
    assertEquals("TLSv1.2", session(Server.GOOD, "http.tls-protocols", "TLSv1.2").getProtocol());
  }

  @Test
  void cipherSuites_areThoseSet() throws Exception {
    String suite = "TLS_CHACHA20_POLY1305_SHA256";
    assertEquals(suite, session(Server.GOOD, "http.tls-cipher-suites", suite).getCipherSuite());
  }

  @Test
  @DisplayName("INT-12: a TLS alert is a TLS failure")
  void protocolThatTheServerRefuses_isATlsFailure() throws Exception {
    try (SSLServerSocket listener = listener(Server.GOOD)) {
      listener.setEnabledProtocols(new String[] {"TLSv1.3"});
      CompletableFuture<Optional<ExtendedSSLSession>> session = handshake(listener);
      try (TestingTransport transport = TestingTransport.with("http.tls-protocols", "TLSv1.2")) {
        assertEquals(Stage.TLS, transport.failure(url(listener)));
      }
      assertTrue(session.get(10, TimeUnit.SECONDS).isEmpty());
    }
  }

  @Test
  void serverThatSpeaksNoTls_isATlsFailure() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain();
        TestingTransport transport = TestingTransport.with()) {
      String url = "https://" + server.hostAndPort() + "/";
      server.always(Answers.rawAndClose("HTTP/1.1 400 Bad Request\r\n\r\n"));
      assertTrue(List.of(Stage.TLS, Stage.CONNECT).contains(transport.failure(url, SHORT)));
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  @DisplayName("INT-11: the deadline covers the TLS handshake")
  void hangingHandshake_endsWithTheDeadline() throws Exception {
    try (SSLServerSocket listener = listener(Server.GOOD);
        TestingTransport transport = TestingTransport.with()) {
      long began = System.nanoTime();
      assertEquals(Stage.CONNECT, transport.failure(url(listener), SHORT));
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      assertTrue(took < SHORT.toMillis() + 400, () -> took + " ms");
    }
  }

  @Test
  void hangingHandshake_endsWithTheConnectTimeout() throws Exception {
    try (SSLServerSocket listener = listener(Server.GOOD);
        TestingTransport transport = TestingTransport.with("http.connect-timeout", "200")) {
      long began = System.nanoTime();
      assertEquals(Stage.CONNECT, transport.failure(url(listener)));
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      assertTrue(took < 800, () -> took + " ms");
    }
  }

  @Test
  @DisplayName("INT-11: the deadline covers a body that dribbles over TLS")
  void dribblingBody_endsWithTheDeadline() throws Exception {
    try (TestingAuthorizationServer server = server(Server.GOOD);
        TestingTransport transport = TestingTransport.with()) {
      server.always(Answers.dribbleBody(100));
      transport.failure(server.url("/"), SHORT);
      long began = System.nanoTime();
      assertEquals(Stage.TIMEOUT, transport.failure(server.url("/"), SHORT));
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      assertTrue(took < SHORT.toMillis() + 400, () -> took + " ms");
    }
  }

  @Test
  @DisplayName("INT-09: a truncated answer over TLS")
  void truncatedAnswer_isBroken() throws Exception {
    try (TestingAuthorizationServer server = server(Server.GOOD);
        TestingTransport transport = TestingTransport.with()) {
      server.next(Answers.truncated(), Answers.reset(), Answers.resetAfterHeader());
      assertEquals(Stage.BROKEN, transport.failure(server.url("/")));
      assertEquals(Stage.NO_ANSWER, transport.failure(server.url("/")));
      assertEquals(Stage.BROKEN, transport.failure(server.url("/")));
    }
  }

  /** What the server sees of a connection by these settings. */
  private static ExtendedSSLSession session(Server certificate, String... settings)
      throws Exception {
    try (SSLServerSocket listener = listener(certificate);
        TestingTransport transport = TestingTransport.with(settings)) {
      CompletableFuture<Optional<ExtendedSSLSession>> session = handshake(listener);
      transport.failure(url(listener));
      return session.get(10, TimeUnit.SECONDS).orElseThrow();
    }
  }

  private static SSLServerSocket listener(Server certificate) throws IOException {
    return (SSLServerSocket)
        CERTIFICATES.context(certificate).getServerSocketFactory().createServerSocket(0);
  }

  private static String url(SSLServerSocket listener) {
    return "https://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  private static CompletableFuture<Optional<ExtendedSSLSession>> handshake(
      SSLServerSocket listener) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (SSLSocket socket = (SSLSocket) listener.accept()) {
            socket.startHandshake();
            return Optional.of((ExtendedSSLSession) socket.getSession());
          } catch (IOException e) {
            return Optional.empty();
          }
        });
  }
}
