/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static dev.portcullis.authserver.ScriptedTransport.answers;
import static dev.portcullis.authserver.ScriptedTransport.fails;
import static dev.portcullis.authserver.ScriptedTransport.failsAfter;
import static dev.portcullis.authserver.ScriptedTransport.status;
import static dev.portcullis.authserver.ScriptedTransport.tooMany;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.authserver.AuthorizationServerException.Kind;
import dev.portcullis.http.TransportException.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which target is asked when: without sockets, on time that the test moves. */
class FailoverTest {

  private static final String A = "a.example:1";
  private static final String B = "b.example:2";
  private static final String C = "c.example:3";
  private static final Duration FAILED = Duration.ofSeconds(60);
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final ManualTime time = new ManualTime();
  private final ScriptedTransport transport =
      new ScriptedTransport().target(A, answers()).target(B, answers()).target(C, answers());

  private TestingClient client(String... pairs) {
    return client(TestingClient.of(A, B), pairs);
  }

  private TestingClient client(TestingClient.Builder builder, String... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      builder.with(pairs[i], pairs[i + 1]);
    }
    return builder.timing(time).over(transport);
  }

  @Test
  @DisplayName("4.2: targets are asked in listed order")
  void firstAvailable_asksTheFirstListed() throws Exception {
    TestingClient client = client();
    client.introspect();
    client.introspect();
    assertEquals(List.of(A, A), transport.asked());
  }

  @Test
  @DisplayName("4.2: round-robin starts one further each time, without failed ones")
  void roundRobin_startsOneFurtherEachTime() throws Exception {
    TestingClient client = client(TestingClient.of(A, B, C), "failover.strategy", "round-robin");
    transport.target(B, fails(Stage.TIMEOUT));
    for (int i = 0; i < 4; i++) {
      client.introspect();
    }
    assertEquals(List.of(A, B, C, C, A), transport.asked());
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"CONNECT", "TLS", "NO_ANSWER"})
  @DisplayName("INT-27, 4.2: no octet of an answer: max-retries more, retry-delay apart")
  void noConnection_isTriedAgainRetryDelayApart(Stage stage) throws Exception {
    TestingClient client = client("failover.max-retries", "2", "failover.retry-delay", "70");
    transport.target(A, fails(stage));
    client.introspect();
    assertEquals(List.of(A, A, A, B), transport.asked());
    assertEquals(List.of(Duration.ofMillis(70), Duration.ofMillis(70)), time.pauses());
  }

  @Test
  @DisplayName("INT-27: at most one retry when max-retries is 1")
  void oneRetry_isOne() {
    TestingClient client = client(TestingClient.of(A), "failover.max-retries", "1");
    transport.target(A, fails(Stage.NO_ANSWER));
    assertEquals(Kind.UNAVAILABLE, client.refusal().kind());
    assertEquals(List.of(A, A), transport.asked());
  }

  @Test
  @DisplayName("FLD-20: a connection that was given up is no attempt, even without retries")
  void staleConnection_isRepeatedOnceAtOnceOnANewOne() throws Exception {
    TestingClient client = client("failover.max-retries", "0");
    transport.target(A, once(Stage.STALE));
    client.introspect();
    client.introspect();
    assertEquals(List.of(A, A + " new connection", A), transport.asked());
    assertEquals(List.of(), time.pauses());
    assertEquals(List.of(), client.trail());
  }

  @Test
  @DisplayName("FLD-20: what comes of the new connection counts as ever")
  void newConnectionThatFailsToo_isAFailure() throws Exception {
    TestingClient client = client("failover.max-retries", "0");
    Iterator<Stage> stages = List.of(Stage.STALE, Stage.CONNECT).iterator();
    transport.target(A, deadline -> fails(stages.next()).answer(deadline));
    client.introspect();
    assertEquals(List.of(A, A + " new connection", B), transport.asked());
    assertEquals(List.of("connect-failed", "target-failed"), client.trail());
  }

  private static ScriptedTransport.Behaviour once(Stage stage) {
    List<Stage> left = new ArrayList<>(List.of(stage));
    return deadline ->
        left.isEmpty() ? answers().answer(deadline) : fails(left.remove(0)).answer(deadline);
  }

  @Test
  void repetitionThatIsAnswered_leavesTheTargetAvailable() throws Exception {
    TestingClient client = client("failover.max-retries", "1");
    transport.target(A, once(Stage.NO_ANSWER));
    client.introspect();
    client.introspect();
    assertEquals(List.of(A, A, A), transport.asked());
    assertEquals(List.of("connect-failed"), client.trail());
  }

  @Test
  @DisplayName("4.2, FLD-21: read time-outs of two tokens: no repeat, the next, the first failed")
  void timeout_goesToTheNextWithoutRepeat() throws Exception {
    TestingClient client = client("failover.max-retries", "2");
    transport.target(A, fails(Stage.TIMEOUT));
    client.introspect("one");
    client.introspect("two");
    client.introspect("three");
    assertEquals(List.of(A, B, A, B, B), transport.asked());
    assertEquals(List.of(), time.pauses());
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"BROKEN", "TOO_LARGE"})
  @DisplayName("INT-27: once an octet of an answer came, there is no repetition")
  void brokenAnswer_isNeitherRepeatedNorAskedElsewhere(Stage stage) {
    TestingClient client = client("failover.max-retries", "2");
    transport.target(A, fails(stage));
    assertEquals(Kind.BAD_RESPONSE, client.refusal().kind());
    assertEquals(List.of(A), transport.asked());
    assertEquals(List.of("bad-response"), client.trail());
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void failureStatus_isAFailedTarget(int status) throws Exception {
    TestingClient client = client("failover.max-retries", "2");
    transport.target(A, status(status));
    client.introspect("one");
    client.introspect("two");
    assertEquals(List.of(A, B, A, B), transport.asked());
    assertEquals(List.of("status", "status", "target-failed"), client.trail());
  }

  @Test
  void failureStatus_isWhatIsSet() throws Exception {
    TestingClient client = client("failover.failure-status-codes", "500");
    transport.target(A, status(500));
    client.introspect();
    transport.target(B, status(503));
    assertEquals(Kind.BAD_RESPONSE, client.refusal().kind());
    assertEquals(List.of(A, B, A, B), transport.asked());
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 302, 400, 404, 500})
  @DisplayName("4.2: no token can make a target fail by the status it provokes")
  void otherStatus_leavesTheTargetAvailable(int status) throws Exception {
    TestingClient client = client();
    transport.target(A, status(status));
    AuthorizationServerException e = client.refusal();
    assertEquals(Kind.BAD_RESPONSE, e.kind());
    assertEquals("as.introspection-endpoint", e.setting());
    transport.target(A, answers());
    client.introspect();
    assertEquals(List.of(A, A), transport.asked());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  @DisplayName("INT-06: refused client credentials: an error of ours, the target stays available")
  void refusedCredentials_leaveTheTargetAvailable(int status) throws Exception {
    TestingClient client = client();
    transport.target(A, status(status));
    AuthorizationServerException e = client.refusal();
    assertEquals(Kind.REJECTED_CLIENT, e.kind());
    assertEquals("client.secret", e.setting());
    assertEquals(Duration.ofSeconds(1), e.retryAfter());
    assertEquals(List.of("rejected-client"), client.trail());
    String line = client.log().get(0);
    assertTrue(line.startsWith("ERROR") && line.contains("client.secret"), line);
    transport.target(A, answers());
    client.introspect();
    assertEquals(List.of(A, A), transport.asked());
  }

  @Test
  @DisplayName("4.2: a failed target is left alone for failed-retry-timeout")
  void failedTarget_isLeftAloneUntilItsTimeHasCome() throws Exception {
    TestingClient client = client();
    transport.target(A, fails(Stage.CONNECT));
    client.introspect();
    time.pass(FAILED.minus(MOMENT));
    client.introspect();
    assertEquals(List.of(A, B, B), transport.asked());
    time.pass(MOMENT);
    transport.target(A, answers());
    client.introspect();
    client.introspect();
    assertEquals(List.of(A, A), transport.asked());
    assertEquals(List.of("connect-failed", "target-failed", "target-recovered"), client.trail());
  }

  @Test
  @DisplayName("4.2: one request finds out whether a target is back, others go on")
  void dueTarget_isOfferedOneSingleRequest() throws Exception {
    TestingClient client = client("failover.max-retries", "2");
    transport.target(A, fails(Stage.CONNECT));
    client.introspect();
    transport.asked();
    time.pass(FAILED);
    transport.target(
        A,
        deadline -> {
          client.introspectUnchecked();
          return fails(Stage.CONNECT).answer(deadline);
        });
    client.introspect();
    assertEquals(List.of(A, B, B), transport.asked());
    time.pass(FAILED.minus(MOMENT));
    client.introspect();
    assertEquals(List.of(B), transport.asked());
  }

  @Test
  @DisplayName("4.2: a dead first target costs its connect time-out once per failed-retry-timeout")
  void deadFirstTarget_costsItsTimeoutOnce() throws Exception {
    TestingClient client = client("failover.max-retries", "0");
    transport.target(A, failsAfter(time, Duration.ofSeconds(3), Stage.CONNECT));
    for (int period = 0; period < 2; period++) {
      long began = time.nanoTime();
      for (int i = 0; i < 50; i++) {
        client.introspect();
      }
      assertEquals(Duration.ofSeconds(3), Duration.ofNanos(time.nanoTime() - began));
      assertEquals(1, transport.asked().stream().filter(A::equals).count());
      time.pass(FAILED);
    }
    assertEquals(List.of("connect-failed", "target-failed", "connect-failed"), client.trail());
  }

  @Test
  @DisplayName("4.2: requests that fail on a target at the same time tell once that it failed")
  void failuresAtTheSameTime_areOneChange() throws Exception {
    TestingClient client = client("failover.max-retries", "0");
    List<Stage> inner = new ArrayList<>(List.of(Stage.TIMEOUT));
    transport.target(
        A,
        deadline -> {
          if (!inner.isEmpty()) {
            inner.remove(0);
            client.introspectUnchecked();
          }
          return fails(Stage.TIMEOUT).answer(deadline);
        });
    client.introspect("another");
    assertEquals(List.of(A, A, B, B), transport.asked());
    assertEquals(1, client.trail().stream().filter("target-failed"::equals).count());
  }

  @Test
  @DisplayName("4.2: Retry-After counts down to when a target is due")
  void retryAfter_countsDown() {
    TestingClient client = client();
    transport.target(A, tooMany("50")).target(B, tooMany("30"));
    assertEquals(Duration.ofSeconds(30), client.refusal().retryAfter());
    time.pass(Duration.ofMillis(10_500));
    assertEquals(Duration.ofSeconds(20), client.refusal().retryAfter());
    assertEquals(List.of(A, B), transport.asked());
  }

  @Test
  @DisplayName("4.2: all targets failed: one request a second goes out, others are refused at once")
  void allFailed_areProbedOnceASecond() {
    TestingClient client = client();
    transport.target(A, fails(Stage.CONNECT)).target(B, fails(Stage.CONNECT));
    client.refusal();
    transport.asked();
    time.pass(Duration.ofSeconds(1).minus(MOMENT));
    assertEquals(Duration.ofSeconds(1), client.refusal().retryAfter());
    assertEquals(List.of(), transport.asked());
    time.pass(MOMENT);
    client.refusal();
    client.refusal();
    assertEquals(List.of(A), transport.asked());
    time.pass(Duration.ofSeconds(1));
    client.refusal();
    assertEquals(List.of(B), transport.asked());
  }

  @Test
  @DisplayName("4.2: the probe brings a target back, told once")
  void allFailed_recoverByTheProbe() throws Exception {
    TestingClient client = client(TestingClient.of(A));
    transport.target(A, fails(Stage.CONNECT));
    client.refusal();
    transport.target(A, answers());
    time.pass(Duration.ofSeconds(1));
    client.introspect();
    client.introspect();
    assertEquals(List.of(A, A, A), transport.asked());
    assertEquals(List.of("connect-failed", "target-failed", "target-recovered"), client.trail());
  }

  @Test
  @DisplayName("INT-28: Retry-After of a 429 is respected up to the ceiling")
  void tooManyRequests_giveTheTargetRestUpToTheCeiling() throws Exception {
    TestingClient client = client(TestingClient.of(A));
    transport.target(A, tooMany("3600"));
    AuthorizationServerException e = client.refusal();
    assertEquals(Duration.ofSeconds(60), e.retryAfter());
    assertEquals("failover.max-back-off", e.setting());
    time.pass(Duration.ofSeconds(60).minus(MOMENT));
    assertEquals(Duration.ofSeconds(1), client.refusal().retryAfter());
    assertEquals(List.of(A), transport.asked());
    transport.target(A, answers());
    time.pass(MOMENT);
    client.introspect();
    assertEquals(List.of(A), transport.asked());
    assertEquals(List.of("status"), client.trail());
  }

  @Test
  void tooManyRequests_askTheOtherTargets() throws Exception {
    TestingClient client = client();
    transport.target(A, tooMany("30"));
    client.introspect();
    client.introspect();
    assertEquals(List.of(A, B, B), transport.asked());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-5", "soon", "Tue, 24 Nov 2026 12:00:30 GMT", "99999999999"})
  void unreadableRetryAfter_isOneSecond(String retryAfter) {
    TestingClient client = client(TestingClient.of(A));
    transport.target(A, tooMany(retryAfter));
    assertEquals(Duration.ofSeconds(1), client.refusal().retryAfter());
  }

  @Test
  void zeroFailedRetryTimeout_triesAgainAtOnce() {
    TestingClient client = client(TestingClient.of(A), "failover.failed-retry-timeout", "0");
    transport.target(A, fails(Stage.CONNECT));
    client.refusal();
    client.refusal();
    assertEquals(List.of(A, A), transport.asked());
    assertEquals(List.of("connect-failed", "connect-failed"), client.trail());
  }

  @Test
  @DisplayName("INT-11, 4.2: one overall time-out over repeats and targets")
  void overallTimeout_endsRepeatsAndFailover() {
    TestingClient client = client("failover.max-retries", "10", "http.overall-timeout", "1000");
    transport.target(A, failsAfter(time, Duration.ofMillis(300), Stage.CONNECT));
    transport.target(B, failsAfter(time, Duration.ofMillis(900), Stage.TIMEOUT));
    long began = time.nanoTime();
    AuthorizationServerException e = client.refusal();
    assertEquals(Duration.ofMillis(1000), Duration.ofNanos(time.nanoTime() - began));
    assertEquals("http.overall-timeout", e.setting());
    assertEquals(List.of(A, A, B), transport.asked());
  }

  @Test
  void targetThatGotTheRestOfTheTime_hasNotFailed() throws Exception {
    TestingClient client = client("http.overall-timeout", "1000");
    transport.target(A, failsAfter(time, Duration.ofMillis(900), Stage.TIMEOUT));
    transport.target(B, failsAfter(time, Duration.ofMillis(900), Stage.TIMEOUT));
    client.refusal();
    transport.target(B, answers());
    client.introspect("another");
    client.introspect("third");
    assertEquals(List.of(A, B, A, B, B), transport.asked());
    assertEquals(List.of("timeout", "timeout", "timeout", "target-failed"), client.trail());
  }

  @Test
  @DisplayName("FLD-21: a token that a target hangs on is refused without a call for a moment")
  void tokenThatATargetHangsOn_isRefusedThoughTheOverallTimeoutComesFirst() {
    TestingClient client = client(TestingClient.of(A), "http.overall-timeout", "1000");
    transport.target(A, failsAfter(time, Duration.ofSeconds(5), Stage.TIMEOUT));
    client.refusal();
    client.refusal();
    assertEquals(List.of(A), transport.asked());
  }

  @Test
  void exhaustedPool_saysNothingOfTheTarget() throws Exception {
    TestingClient client = client(TestingClient.of(A));
    transport.target(A, fails(Stage.NOT_SENT));
    assertEquals("http.max-connections", client.refusal().setting());
    transport.target(A, answers());
    client.introspect();
    assertEquals(List.of(), client.trail());
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void failure_namesTheSettingToLookAt(Setting expected) {
    TestingClient client = client(TestingClient.of(A));
    transport.target(A, fails(expected.stage));
    assertEquals(expected.key, client.refusal().setting());
  }

  /** What to look at after a failure. */
  private enum Setting {
    UNREACHABLE(Stage.CONNECT, "as.targets"),
    SILENT(Stage.NO_ANSWER, "as.targets"),
    NO_TLS(Stage.TLS, "http.tls-protocols"),
    REFUSED(Stage.REFUSED, "client.key-pair"),
    UNTRUSTED(Stage.UNTRUSTED, "as.trusted-certificate-group"),
    WRONG_NAME(Stage.WRONG_NAME, "http.expected-hostname"),
    SLOW(Stage.TIMEOUT, "http.read-timeout"),
    LARGE(Stage.TOO_LARGE, "http.max-response-size"),
    BROKEN(Stage.BROKEN, "as.introspection-endpoint");

    private final Stage stage;
    private final String key;

    Setting(Stage stage, String key) {
      this.stage = stage;
      this.key = key;
    }
  }

  @Test
  void refusedCertificate_isLoggedAsAnError() {
    TestingClient client = client(TestingClient.of(A));
    transport.target(A, fails(Stage.UNTRUSTED));
    client.refusal();
    assertEquals(
        "ERROR No answer from the authorization server at a.example:1: scripted."
            + " See as.trusted-certificate-group.",
        client.log().get(0));
  }

  @Test
  void outage_isLoggedOnceInTenSeconds() {
    TestingClient client = client(TestingClient.of(A), "failover.failed-retry-timeout", "0");
    transport.target(A, fails(Stage.CONNECT));
    for (int i = 0; i < 5; i++) {
      client.refusal();
    }
    time.pass(Duration.ofSeconds(10).minus(MOMENT));
    client.refusal();
    assertEquals(1, client.log().size());
    time.pass(MOMENT);
    client.refusal();
    assertEquals(2, client.log().size());
    assertTrue(
        client.log().get(1).endsWith(" (5 more since the last such line)"), client.log()::toString);
  }

  @Test
  void targetEvents_nameTheTarget() throws Exception {
    TestingClient client = client();
    transport.target(A, fails(Stage.CONNECT));
    client.introspect();
    AuditEvent event = client.events().get(1);
    assertEquals(AuditEvent.Type.SYSTEM, event.type());
    assertEquals("target-failed", event.get(AuditField.KIND).orElseThrow());
    assertEquals(A, event.get(AuditField.TARGET_HOST).orElseThrow());
    assertEquals("connect-failed", event.get(AuditField.DETAIL).orElseThrow());
  }

  @Test
  void interruptedWait_endsTheCallAndBlamesNoTarget() {
    TestingClient client = client(TestingClient.of(A), "failover.max-retries", "2");
    transport.target(A, fails(Stage.CONNECT));
    time.interruptNextPause();
    client.refusal();
    assertTrue(Thread.interrupted());
    assertEquals(List.of("connect-failed"), client.trail());
    assertEquals(List.of(A), transport.asked());
  }
}
