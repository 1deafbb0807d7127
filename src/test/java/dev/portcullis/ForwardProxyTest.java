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
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.DefaultTrust;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import dev.portcullis.testing.TestingProxy;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An application that reaches its authorization server through a forward proxy. */
class ForwardProxyTest {

  private static final String TOKEN = "s3cret-t0ken";
  private static final String PASSWORD = "pr0xy-s3cret";

  private static DefaultTrust trust;

  @BeforeAll
  static void trustTheAuthority() {
    trust = DefaultTrust.in(TestingCertificates.shared().trustStore());
  }

  @AfterAll
  static void trustAsBefore() {
    trust.close();
  }

  @Test
  @DisplayName("INT-12: a wrong proxy password is 503, one ERROR line and an entry that name it")
  void wrongProxyPassword_isUnavailable() throws Exception {
    try (TestingProxy proxy = TestingProxy.start().requiring("rs", PASSWORD);
        CapturedLog log = CapturedLog.of("dev.portcullis.authserver");
        TestingAuthorizationServer server =
            TestingAuthorizationServer.secured(TestingCertificates.shared().context(Server.GOOD))) {
      server.token(TOKEN, "{\"active\":true}");
      assertEquals("", failedSetting(server, proxy, PASSWORD, 200));
      assertEquals(0, log.linesAt(Level.SEVERE).size());
      assertEquals("proxy.password", failedSetting(server, proxy, "wr0ng", 503));
      assertEquals(1, log.linesAt(Level.SEVERE).size());
      String line = log.linesAt(Level.SEVERE).get(0);
      assertTrue(line.endsWith("See proxy.password."), line);
      assertFalse(line.contains("wr0ng"), line);
      assertEquals(1, server.requests().size());
      assertFalse(proxy.seen().contains(TOKEN));
    }
  }

  private static String failedSetting(
      TestingAuthorizationServer server, TestingProxy proxy, String password, int status)
      throws Exception {
    TestingApplication.Builder builder =
        TestingApplication.builder().asking(server.url("/introspect"));
    String[] settings =
        proxy.settings(
            "proxy.requires-authentication", "true",
            "proxy.username", "rs",
            "proxy.password", password);
    for (int i = 0; i < settings.length; i += 2) {
      builder.with(settings[i], settings[i + 1]);
    }
    try (TestingApplication application = builder.start()) {
      assertEquals(status, application.get("/r", "Authorization: Bearer " + TOKEN).status());
      AuditEvent entry = builder.journal().request(1);
      AuditEvent exchange = builder.journal().events(AuditEvent.Type.AS_REQUEST).get(0);
      assertEquals(Optional.of(true), exchange.get(AuditField.VIA_PROXY));
      return Journal.text(entry, AuditField.FAILED_RULE_NAME);
    }
  }
}
