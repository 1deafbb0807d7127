/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordingSink;
import dev.portcullis.testing.ServerProcess;
import dev.portcullis.testing.SteadyLoad;
import dev.portcullis.testing.SteadyLoad.Sample;
import dev.portcullis.testing.TestingApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tokens that an authorization server, a process of its own, resets, hangs on or answers 504 to,
 * while others ask about good ones. A round is two seconds of forty bad ones a second with short
 * time-outs, and with {@code -Dportcullis.link.long=true} ten seconds of ten with the default
 * time-outs. {@code -Dportcullis.link.rounds=50} does fifty.
 */
@DisplayName("FLD-21: bad tokens cost no request with another token")
class BadTokensTest {

  private static final int ROUNDS = Integer.getInteger("portcullis.link.rounds", 1);
  private static final boolean LONG = Boolean.getBoolean("portcullis.link.long");
  private static final int BAD_A_SECOND = LONG ? 10 : 30;
  private static final int GOOD_A_SECOND = 20;

  private final List<ServerProcess> servers = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (ServerProcess server : servers) {
      server.close();
    }
  }

  static Stream<Arguments> cases() {
    return Stream.of(1, 2)
        .flatMap(
            targets -> Stream.of("reset", "hang", "504").map(kind -> Arguments.of(kind, targets)));
  }

  @ParameterizedTest(name = "{0}, {1} targets")
  @MethodSource("cases")
  void badTokens_costNoRequestWithAnother(String kind, int targets) throws Exception {
    for (int i = 0; i < targets; i++) {
      servers.add(ServerProcess.start());
    }
    TestingApplication.Builder builder = builder();
    try (TestingApplication application = builder.start()) {
      assertEquals(200, ask(application, "known").status());
      for (int round = 0; round < ROUNDS; round++) {
        round(application, kind, "-" + round + "-", builder.journal());
      }
    }
  }

  private TestingApplication.Builder builder() {
    TestingApplication.Builder builder =
        TestingApplication.builder()
            .asking("http://127.0.0.1/introspect")
            .with(
                "as.targets",
                servers.stream()
                    .map(server -> "127.0.0.1:" + server.port())
                    .collect(Collectors.joining(",")))
            .with("as.introspection-endpoint", "/introspect")
            .with("cache.tokens", "true")
            .with("http.connect-timeout", "")
            .with("http.overall-timeout", "");
    return LONG
        ? builder
        : builder.with("http.read-timeout", "3000").with("http.overall-timeout", "8000");
  }

  private static void round(
      TestingApplication application, String kind, String mark, RecordingSink.Journal journal)
      throws Exception {
    int number = LONG ? 100 : kind.equals("hang") ? 90 : 30;
    try (SteadyLoad bad = new SteadyLoad(BAD_A_SECOND, i -> ask(application, kind + mark + i));
        SteadyLoad good = new SteadyLoad(GOOD_A_SECOND, i -> ask(application, "good" + mark + i));
        SteadyLoad known = new SteadyLoad(GOOD_A_SECOND, i -> ask(application, "known"))) {
      bad.awaitSent(number);
      List<Sample> known200 = known.finish();
      List<Sample> good200 = good.finish();
      List<Sample> bad503 = bad.finish();
      assertAll(200, good200, journal);
      assertAll(200, known200, journal);
      assertAll(503, bad503, journal);
      assertTrue(bad503.size() >= number, "all bad ones were sent");
    }
  }

  private static void assertAll(int status, List<Sample> samples, RecordingSink.Journal journal) {
    List<String> others =
        samples.stream()
            .filter(sample -> sample.response().status() != status)
            .map(sample -> sample.number() + " after " + sample.millis() + " ms")
            .toList();
    assertEquals(
        List.of(), others, () -> "of " + samples.size() + ", refused by " + refusals(journal));
  }

  private static Map<String, Long> refusals(RecordingSink.Journal journal) {
    return journal.events(AuditEvent.Type.REQUEST).stream()
        .flatMap(entry -> entry.get(AuditField.FAILED_RULE_NAME).stream())
        .collect(Collectors.groupingBy(Object::toString, Collectors.counting()));
  }

  private static RawHttp.Response ask(TestingApplication application, String token)
      throws java.io.IOException {
    return application.get("/r", "Authorization: Bearer " + token);
  }
}
