/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.authserver.AuthorizationServerException.Kind;
import dev.portcullis.http.TransportException.Stage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What exchanges leave in the audit trail (settings reference, section 5). */
class ExchangeTrailTest {

  private static final String A = "a.example:1";

  private final ManualTime time = new ManualTime();
  private final ScriptedTransport transport =
      new ScriptedTransport().target(A, ScriptedTransport.answers());

  private TestingClient.Builder client() {
    return TestingClient.of(A)
        .with("as.introspection-endpoint", "/introspect?key=hidden")
        .timing(time);
  }

  @Test
  void answeredExchange_isWrittenWhenItsOutcomeIsKnown() throws Exception {
    TestingClient client = client().over(transport);
    AuthorizationServerReply reply = client.introspect();
    assertEquals(List.of(), client.events());
    time.pass(Duration.ofSeconds(3));
    reply.conclude(Outcome.ACTIVE, Optional.of("alice"), Optional.of("app"));
    Map<AuditField, Object> expected = new LinkedHashMap<>();
    expected.put(AuditField.TIME, ManualTime.START.plusSeconds(3));
    expected.put(AuditField.EVENT, "as-request");
    expected.put(AuditField.EXCHANGE_ID, "exchange-1");
    expected.put(AuditField.TRACKING_ID, "atid:abc");
    expected.put(AuditField.ROUND_TRIP_MS, 0L);
    expected.put(AuditField.SUBJECT, "alice");
    expected.put(AuditField.CLIENT_ID, "app");
    expected.put(AuditField.METHOD, "POST");
    expected.put(AuditField.REQUEST_URI, "/introspect");
    expected.put(AuditField.RESPONSE_CODE, 200L);
    expected.put(AuditField.OUTCOME, "active");
    expected.put(AuditField.TARGET_HOST, A);
    expected.put(AuditField.TARGET_SCHEME, "http");
    expected.put(AuditField.VIA_PROXY, false);
    expected.put(AuditField.ATTEMPT, 1L);
    assertEquals(expected, client.events().get(0).fields());
  }

  @Test
  void exchange_isWrittenOnce() throws Exception {
    TestingClient client = client().over(transport);
    AuthorizationServerReply reply = client.introspect();
    reply.conclude(Outcome.INACTIVE, Optional.empty(), Optional.empty());
    reply.conclude(Outcome.BAD_RESPONSE, Optional.empty(), Optional.empty());
    assertEquals(List.of("inactive"), client.trail());
  }

  @Test
  void audience_isWritten() throws Exception {
    TestingClient client = client().over(transport);
    client
        .introspectFor("https://api.example")
        .conclude(Outcome.ACTIVE, Optional.empty(), Optional.empty());
    assertEquals(
        Optional.of("https://api.example"), client.events().get(0).get(AuditField.AUDIENCE));
  }

  @Test
  void failedAttempts_areWrittenAtOnceAndCounted() {
    transport.target(A, ScriptedTransport.failsAfter(time, Duration.ofMillis(40), Stage.CONNECT));
    TestingClient client = client().with("failover.max-retries", "1").over(transport);
    client.refusal();
    List<AuditEvent> exchanges = client.events().subList(0, 2);
    assertEquals(
        List.of(1L, 2L),
        exchanges.stream().map(event -> event.get(AuditField.ATTEMPT).orElseThrow()).toList());
    assertEquals(Optional.of(40L), exchanges.get(1).get(AuditField.ROUND_TRIP_MS));
    assertEquals(Optional.empty(), exchanges.get(1).get(AuditField.RESPONSE_CODE));
    assertEquals(Optional.of("exchange-1"), exchanges.get(1).get(AuditField.EXCHANGE_ID));
  }

  @Test
  void statusOfAFailure_isWritten() {
    transport.target(A, ScriptedTransport.status(403));
    TestingClient client = client().over(transport);
    assertEquals(Kind.REJECTED_CLIENT, client.refusal().kind());
    AuditEvent event = client.events().get(0);
    assertEquals(Optional.of(403L), event.get(AuditField.RESPONSE_CODE));
    assertEquals(Optional.of("rejected-client"), event.get(AuditField.OUTCOME));
  }

  @Test
  void switchedOff_writesNoExchangeButWhatBecomesOfTargets() throws Exception {
    TestingClient client = client().with("as.audit", "off").over(transport);
    client.introspect().conclude(Outcome.ACTIVE, Optional.empty(), Optional.empty());
    transport.target(A, ScriptedTransport.fails(Stage.CONNECT));
    client.refusal();
    assertEquals(List.of("target-failed"), client.trail());
  }
}
