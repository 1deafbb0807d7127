/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens bound to a certificate, with the certificate of a real handshake. */
class CertificateOverTlsTest {

  private static final TestingCertificates CERTIFICATES = TestingCertificates.shared();

  private final TestingApplication.Builder builder = TestingApplication.builder();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    byte[] certificate = CERTIFICATES.certificate(Server.GOOD).getEncoded();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
    String thumbprint = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    server.token("bound", "{\"active\":true,\"cnf\":{\"x5t#S256\":\"" + thumbprint + "\"}}");
    server.token("other", "{\"active\":true,\"cnf\":{\"x5t#S256\":\"" + "A".repeat(43) + "\"}}");
    builder.asking(server.url("/introspect")).securedBy(CERTIFICATES.mutualContext(Server.GOOD));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  @DisplayName("MTB-01, MTB-10: a resumed handshake has the certificate of the first")
  void resumedHandshake_hasTheSameCertificate(String protocol) throws Exception {
    SSLContext client = CERTIFICATES.mutualContext(Server.GOOD);
    try (TestingApplication application = builder.start()) {
      Exchange first = exchange(client, application, protocol, "bound");
      Exchange second = exchange(client, application, protocol, "bound");
      assertEquals(200, first.status());
      assertEquals(first.session().getCreationTime(), second.session().getCreationTime());
      if (protocol.equals("TLSv1.2")) {
        assertArrayEquals(first.session().getId(), second.session().getId());
      }
      assertEquals(200, second.status());
      assertEquals(401, exchange(client, application, protocol, "other").status());
      assertEquals(
          List.of("", "", "certificate_binding_mismatch"),
          builder.journal().requests(3).stream()
              .map(event -> Journal.text(event, AuditField.FAILED_RULE_TYPE))
              .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  @DisplayName("MTB-02, MTB-10: a handshake without a certificate, resumed or not, has none")
  void handshakeWithoutACertificate_hasNone(String protocol) throws Exception {
    SSLContext anonymous = anonymous();
    try (TestingApplication application = builder.start()) {
      for (int i = 0; i < 2; i++) {
        assertEquals(401, exchange(anonymous, application, protocol, "bound").status());
      }
      assertEquals(
          List.of("certificate_missing", "certificate_missing"),
          builder.journal().requests(2).stream()
              .map(event -> Journal.text(event, AuditField.FAILED_RULE_TYPE))
              .toList());
    }
  }

  @Test
  @DisplayName("MTB-10: what another connection resumes is its own, not that of who came before")
  void otherClient_hasNoShareInASession() throws Exception {
    try (TestingApplication application = builder.start()) {
      Exchange first =
          exchange(CERTIFICATES.mutualContext(Server.GOOD), application, "TLSv1.3", "bound");
      Exchange other = exchange(anonymous(), application, "TLSv1.3", "bound");
      assertEquals(200, first.status());
      assertEquals(401, other.status());
      assertNotEquals(first.session(), other.session());
    }
  }

  /** A status and the TLS session in which it came. */
  private record Exchange(int status, SSLSession session) {}

  private static Exchange exchange(
      SSLContext client, TestingApplication application, String protocol, String token)
      throws IOException {
    try (SSLSocket socket =
        (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", application.port())) {
      socket.setEnabledProtocols(new String[] {protocol});
      String request =
          "GET /r HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
              + token
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String response =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return new Exchange(Integer.parseInt(response.split(" ", 3)[1]), socket.getSession());
    }
  }

  /** A client that trusts the server and has no certificate. */
  private static SSLContext anonymous() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(CERTIFICATES.trustStore().toFile())) {
      trusted.load(in, TestingCertificates.PASSWORD.toCharArray());
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
