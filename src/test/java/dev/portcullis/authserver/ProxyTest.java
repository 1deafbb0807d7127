/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.authserver.AuthorizationServerException.Kind;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingProxy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose fault it is when there is a forward proxy, and what the administrator is told. */
class ProxyTest {

  private static final String ONE = "one.invalid:443";
  private static final String TWO = "two.invalid:443";

  private TestingProxy proxy;

  @BeforeEach
  void start() throws IOException {
    proxy = TestingProxy.start();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
  }

  private TestingClient.Builder client(String... targets) {
    TestingClient.Builder builder = TestingClient.of(targets).with("as.secure", "true");
    String[] settings = proxy.settings();
    for (int i = 0; i < settings.length; i += 2) {
      builder.with(settings[i], settings[i + 1]);
    }
    return builder;
  }

  @Test
  void answerThroughTheProxy_isAuditedAsSuch() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain();
        TestingClient client =
            client(server.hostAndPort()).with("as.secure", "false").connected()) {
      client.introspect().conclude(Outcome.ACTIVE, Optional.empty(), Optional.empty());
      assertEquals(Optional.of(true), client.events().get(0).get(AuditField.VIA_PROXY));
      assertEquals(1, proxy.requests().size());
    }
  }

  @Test
  void proxyThatIsDown_isAskedAgainAndNoTargetFails() throws Exception {
    try (TestingClient client =
        client(ONE, TWO)
            .with("failover.max-retries", "1")
            .with("failover.retry-delay", "0")
            .connected()) {
      proxy.close();
      AuthorizationServerException refusal = client.refusal();
      assertEquals(Kind.UNAVAILABLE, refusal.kind());
      assertEquals("proxy.host", refusal.setting());
      assertEquals(List.of("connect-failed", "connect-failed"), client.trail());
      assertEquals(Optional.of(true), client.events().get(0).get(AuditField.VIA_PROXY));
      String line = client.log().get(0);
      assertTrue(line.contains("WARNING") && line.contains("See proxy.host."), line);
    }
  }

  @Test
  void refusedLogin_endsTheCallWithAnErrorAndNoTargetFails() throws Exception {
    AuthorizationServerException refusal =
        refusal(Answers.status(407), List.of("connect-failed"), "ERROR");
    assertEquals("proxy.password", refusal.setting());
  }

  @Test
  void refusedTunnel_leadsToTheNextTargetAndNoTargetFails() throws Exception {
    AuthorizationServerException refusal =
        refusal(Answers.status(403), List.of("connect-failed", "connect-failed"), "ERROR");
    assertEquals("proxy.host", refusal.setting());
  }

  @Test
  void targetThatTheProxyCannotReach_hasFailed() throws Exception {
    List<String> trail =
        List.of("connect-failed", "target-failed", "connect-failed", "target-failed");
    assertEquals("proxy.host", refusal(Answers.status(503), trail, "WARNING").setting());
  }

  private AuthorizationServerException refusal(Answer answer, List<String> trail, String level)
      throws Exception {
    proxy.always(answer);
    try (TestingClient client = client(ONE, TWO).connected()) {
      AuthorizationServerException refusal = client.refusal();
      assertEquals(Kind.UNAVAILABLE, refusal.kind());
      assertEquals(trail, client.trail());
      String line = client.log().get(0);
      assertTrue(line.contains(level), line);
      assertTrue(line.endsWith("See " + refusal.setting() + "."), line);
      return refusal;
    }
  }
}
