/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.PemText;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import dev.portcullis.testing.TestingProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an administrator is told when something between us and the authorization server is wrong.
 */
class LinkFaultsTest {

  private static final TestingCertificates CERTIFICATES = TestingCertificates.shared();
  private static final String TOKEN = "t0ken-of-alice";

  @TempDir private Path folder;

  /** A fault, and the setting to look at. */
  private enum Fault {
    WRONG_AUTHORITY(Server.UNTRUSTED, "tls-failed", "as.trusted-certificate-group"),
    WRONG_HOST(Server.WRONG_HOST, "tls-failed", "http.expected-hostname"),
    EXPIRED(Server.EXPIRED, "tls-failed", "as.trusted-certificate-group"),
    WRONG_PROXY_PASSWORD(Server.GOOD, "connect-failed", "proxy.password"),
    UNREGISTERED_KEY(Server.GOOD, "tls-failed", "client.key-pair");

    private final Server certificate;
    private final String outcome;
    private final String setting;

    Fault(Server certificate, String outcome, String setting) {
      this.certificate = certificate;
      this.outcome = outcome;
      this.setting = setting;
    }

    TestingAuthorizationServer server() throws Exception {
      return this == UNREGISTERED_KEY
          ? TestingAuthorizationServer.mutual(CERTIFICATES.mutualContext(certificate))
          : TestingAuthorizationServer.secured(CERTIFICATES.context(certificate));
    }
  }

  private TestingApplication.Builder builder(
      Fault fault, TestingAuthorizationServer server, TestingProxy proxy) throws Exception {
    Path authority = folder.resolve("authority.pem");
    Files.writeString(authority, PemText.of(CERTIFICATES.authority()));
    TestingApplication.Builder builder =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .with("failover.max-retries", "0")
            .with("as.trusted-certificate-group", "corp")
            .with("trust.corp.certificates", authority.toString());
    if (fault == Fault.WRONG_PROXY_PASSWORD) {
      String[] settings = proxy.settings();
      for (int i = 0; i < settings.length; i += 2) {
        builder.with(settings[i], settings[i + 1]);
      }
      builder
          .with("proxy.requires-authentication", "true")
          .with("proxy.username", "rs")
          .with("proxy.password", "wr0ng-proxy");
    }
    if (fault == Fault.UNREGISTERED_KEY) {
      builder
          .with("client.credentials-type", "mutual-tls")
          .with("client.secret", "")
          .with("client.key-pair", "rs")
          .with("key-pair.rs.file", CERTIFICATES.keyStore(Server.UNTRUSTED).toString())
          .with("key-pair.rs.password", TestingCertificates.PASSWORD);
    }
    return builder;
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  @DisplayName(
      "INT-03, CAU-07: each fault is 503, one ERROR, one entry naming the setting, no token")
  void fault_namesItsSettingAndLeaksNoToken(Fault fault) throws Exception {
    try (TestingProxy proxy = TestingProxy.start().requiring("rs", "right-proxy");
        TestingAuthorizationServer server = fault.server().always(Answers.json("{}"));
        CapturedLog log = CapturedLog.of("dev.portcullis")) {
      TestingApplication.Builder builder = builder(fault, server, proxy);
      try (TestingApplication application = builder.start()) {
        RawHttp.Response refused = application.get("/r", "Authorization: Bearer " + TOKEN);
        assertEquals(503, refused.status());
        assertFalse(refused.header("Retry-After").isEmpty());
        AuditEvent entry = builder.journal().request(1);
        assertEquals("as_unavailable", Journal.text(entry, AuditField.FAILED_RULE_TYPE));
        assertEquals(fault.setting, Journal.text(entry, AuditField.FAILED_RULE_NAME), log::text);
      }
      List<AuditEvent> exchanges = builder.journal().events(AuditEvent.Type.AS_REQUEST);
      assertEquals(
          List.of(fault.outcome),
          exchanges.stream().map(event -> Journal.text(event, AuditField.OUTCOME)).toList());
      List<String> errors = log.linesAt(Level.SEVERE);
      assertEquals(1, errors.size(), errors::toString);
      assertTrue(errors.get(0).endsWith("See " + fault.setting + "."), errors::toString);
      assertEquals(List.of(), server.requests());
      assertFalse(proxy.seen().contains(TOKEN));
      assertFalse((log.text() + builder.journal().events()).contains(TOKEN));
    }
  }

  @Test
  @DisplayName("CAU-07: a signing key that is not registered is 503 and named")
  void unregisteredSigningKey_isNamed() throws Exception {
    try (TestingAuthorizationServer server =
            TestingAuthorizationServer.plain().always(Answers.status(401));
        CapturedLog log = CapturedLog.of("dev.portcullis")) {
      TestingApplication.Builder builder =
          TestingApplication.builder()
              .asking(server.url("/introspect"))
              .with("client.credentials-type", "private-key-jwt")
              .with("client.secret", "")
              .with("as.issuer", "https://as.example.com")
              .with("client.key-pair", "rs")
              .with("key-pair.rs.file", CERTIFICATES.keyStore(Server.UNTRUSTED).toString())
              .with("key-pair.rs.password", TestingCertificates.PASSWORD);
      try (TestingApplication application = builder.start()) {
        assertEquals(503, application.get("/r", "Authorization: Bearer " + TOKEN).status());
        AuditEvent entry = builder.journal().request(1);
        assertEquals("as_client_rejected", Journal.text(entry, AuditField.FAILED_RULE_TYPE));
        assertEquals("client.key-pair", Journal.text(entry, AuditField.FAILED_RULE_NAME));
      }
      List<String> errors = log.linesAt(Level.SEVERE);
      assertEquals(1, errors.size(), errors::toString);
      assertTrue(errors.get(0).endsWith("See client.key-pair."), errors::toString);
    }
  }
}
