/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static dev.portcullis.authserver.ScriptedTransport.answers;
import static dev.portcullis.authserver.ScriptedTransport.fails;
import static dev.portcullis.authserver.ScriptedTransport.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.authserver.AuthorizationServerException.Kind;
import dev.portcullis.authserver.ScriptedTransport.Behaviour;
import dev.portcullis.http.TransportException.Stage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose doing a failure is: the target's or the token's. Without sockets, on the test's time. */
@DisplayName("FLD-21: one token's failure is not taken for a target's")
class BadTokenTest {

  private static final String A = "a.example:1";
  private static final String B = "b.example:2";
  private static final Duration FAILED = Duration.ofSeconds(60);
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final ManualTime time = new ManualTime();
  private final ScriptedTransport transport =
      new ScriptedTransport().target(A, answers()).target(B, answers());

  private TestingClient client(String... targets) {
    return TestingClient.of(targets).timing(time).over(transport);
  }

  /** What may be the token's doing. */
  static Stream<Behaviour> doubtful() {
    return Stream.of(
        fails(Stage.NO_ANSWER), fails(Stage.TIMEOUT), status(502), status(503), status(504));
  }

  @ParameterizedTest
  @MethodSource("doubtful")
  void oneToken_marksNoTarget(Behaviour bad) throws Exception {
    TestingClient client = client(A, B);
    transport.target(A, bad);
    for (int i = 0; i < 3; i++) {
      client.introspect("bad");
    }
    assertEquals(List.of(A, B, A, B, A, B), transport.asked());
    assertFalse(client.trail().contains("target-failed"));
  }

  @ParameterizedTest
  @MethodSource("doubtful")
  void twoTokens_markIt(Behaviour bad) throws Exception {
    TestingClient client = client(A, B);
    transport.target(A, bad);
    client.introspect("one");
    client.introspect("two");
    client.introspect("three");
    assertEquals(List.of(A, B, A, B, B), transport.asked());
    assertEquals(1, client.trail().stream().filter("target-failed"::equals).count());
  }

  @Test
  void answerBetweenTwoBadTokens_meansAlive() throws Exception {
    TestingClient client = client(A, B);
    for (String token : List.of("one", "two", "three")) {
      transport.target(A, fails(Stage.TIMEOUT));
      client.introspect(token);
      transport.target(A, answers());
      client.introspect("good");
    }
    assertFalse(client.trail().contains("target-failed"));
  }

  @Test
  void answerWhileABadTokenHangs_meansAlive() throws Exception {
    TestingClient client = client(A, B);
    for (String token : List.of("one", "two")) {
      transport.target(
          A,
          deadline -> {
            transport.target(A, answers());
            client.introspectUnchecked();
            return fails(Stage.TIMEOUT).answer(deadline);
          });
      client.introspect(token);
    }
    transport.target(A, fails(Stage.TIMEOUT));
    client.introspect("three");
    assertFalse(client.trail().contains("target-failed"), "the first two do not count");
    client.introspect("four");
    assertEquals("target-failed", client.trail().get(4));
  }

  @ParameterizedTest
  @MethodSource("doubtful")
  void lastTarget_isNeverRested(Behaviour bad) throws Exception {
    TestingClient client = client(A);
    transport.target(A, bad);
    for (String token : List.of("one", "two", "three")) {
      assertEquals(Kind.UNAVAILABLE, client.refusal(token).kind());
    }
    transport.target(A, answers());
    client.introspect("good");
    assertEquals(List.of(A, A, A, A), transport.asked());
    assertFalse(client.trail().contains("target-failed"));
  }

  @Test
  void lastOfTwo_isNeverRested() throws Exception {
    TestingClient client = client(A, B);
    transport.target(A, fails(Stage.TIMEOUT)).target(B, fails(Stage.TIMEOUT));
    for (String token : List.of("one", "two", "three")) {
      assertEquals(Kind.UNAVAILABLE, client.refusal(token).kind());
    }
    transport.target(B, answers());
    transport.asked();
    client.introspect("good");
    assertEquals(List.of(B), transport.asked());
  }

  @Test
  void targetUnderSuspicion_isAskedWhenTheOtherIsGone() throws Exception {
    TestingClient client = client(A, B);
    transport.target(A, fails(Stage.TIMEOUT));
    client.introspect("one");
    client.introspect("two");
    transport.asked();
    transport.target(A, answers()).target(B, fails(Stage.CONNECT));
    client.introspect("good");
    client.introspect("good");
    assertEquals(List.of(B, A, A), transport.asked());
  }

  @Test
  void targetThatCannotBeReached_isRestedForOneToken() throws Exception {
    TestingClient client = client(A);
    transport.target(A, fails(Stage.CONNECT));
    assertEquals(Kind.UNAVAILABLE, client.refusal("one").kind());
    assertEquals(Kind.UNAVAILABLE, client.refusal("two").kind());
    assertEquals(List.of(A), transport.asked());
  }

  @Test
  void probeThatFailsByItsToken_doesNotCount() throws Exception {
    TestingClient client = client(A, B);
    transport.target(A, fails(Stage.CONNECT));
    client.introspect("one");
    time.pass(FAILED);
    transport.asked();
    transport.target(A, fails(Stage.TIMEOUT));
    client.introspect("bad");
    client.introspect("bad");
    assertEquals(List.of(A, B, B), transport.asked(), "it does not probe twice");
    transport.target(A, answers());
    client.introspect("good");
    client.introspect("good");
    assertEquals(List.of(A, A), transport.asked());
  }

  @Test
  void probesThatFailByTwoTokens_count() throws Exception {
    TestingClient client = client(A, B);
    transport.target(A, fails(Stage.CONNECT));
    client.introspect("one");
    time.pass(FAILED);
    transport.target(A, fails(Stage.TIMEOUT));
    client.introspect("two");
    client.introspect("three");
    transport.asked();
    time.pass(FAILED.minus(MOMENT));
    client.introspect("four");
    assertEquals(List.of(B), transport.asked());
    time.pass(MOMENT);
    client.introspect("five");
    assertEquals(List.of(A, B), transport.asked());
  }

  @ParameterizedTest
  @MethodSource("doubtful")
  void badToken_isRefusedWithoutACallForAMoment(Behaviour bad) throws Exception {
    TestingClient client = client(A);
    transport.target(A, bad);
    String setting = client.refusal("bad").setting();
    transport.target(A, answers());
    time.pass(DoubtedTokens.REST.minus(MOMENT));
    AuthorizationServerException refusal = client.refusal("bad");
    assertEquals(Kind.UNAVAILABLE, refusal.kind());
    assertEquals(Duration.ofSeconds(1), refusal.retryAfter());
    assertEquals(setting, refusal.setting());
    client.introspect("good");
    assertEquals(List.of(A, A), transport.asked());
    time.pass(MOMENT);
    client.introspect("bad");
    assertEquals(List.of(A), transport.asked());
  }

  @Test
  void tokenThatAnotherTargetAnswers_isNotRefused() throws Exception {
    TestingClient client = client(A, B);
    transport.target(A, fails(Stage.TIMEOUT));
    client.introspect("one");
    client.introspect("one");
    assertEquals(List.of(A, B, A, B), transport.asked());
  }

  @Test
  void tokenThatReachedNoTarget_isNotRefused() throws Exception {
    TestingClient client =
        TestingClient.of(A)
            .with("failover.failed-retry-timeout", "0")
            .timing(time)
            .over(transport.target(A, fails(Stage.CONNECT)));
    assertEquals(Kind.UNAVAILABLE, client.refusal("one").kind());
    transport.target(A, answers());
    client.introspect("one");
  }

  @Test
  void refusedTokens_areBounded() throws Exception {
    TestingClient client = client(A);
    transport.target(A, fails(Stage.TIMEOUT));
    for (int i = 0; i <= DoubtedTokens.CAPACITY; i++) {
      assertEquals(Kind.UNAVAILABLE, client.refusal("bad-" + i).kind());
    }
    transport.target(A, answers());
    client.introspect("bad-0");
    assertEquals(Kind.UNAVAILABLE, client.refusal("bad-1").kind());
  }
}
