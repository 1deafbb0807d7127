/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.DefaultTrust;
import dev.portcullis.testing.FaultyLink;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.SteadyLoad;
import dev.portcullis.testing.SteadyLoad.Sample;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three targets over TLS, each killed, stalled and restarted in turn while 50 requests a second
 * come, all with tokens that are not known yet; then all of them at once. Takes some 25 seconds;
 * {@code -Dportcullis.outage.factor=6} makes it two minutes, and what it saw is in {@code
 * target/outage.txt}.
 */
@DisplayName("4.2, INT-12, INT-27: targets die, hang and come back under load")
class OutageTest {

  private static final int RATE = 50;
  private static final int FACTOR = Integer.getInteger("portcullis.outage.factor", 1);
  private static final int READ_TIMEOUT = 900;

  /** Less than three read time-outs: it is what ends a request when every target hangs. */
  private static final int OVERALL_TIMEOUT = 2600;

  /**
   * For what is no part of the validation and shares the processors with it: the connection to the
   * application, Jetty, the response and collecting garbage. A tenth in the long form, which wants
   * a quiet machine; in each build, whatever else the machine does, just so that no limit at all
   * shows.
   */
  private static final int MARGIN = FACTOR >= 6 ? OVERALL_TIMEOUT / 10 : OVERALL_TIMEOUT;

  private final List<TestingAuthorizationServer> servers = new ArrayList<>();
  private final List<FaultyLink> links = new ArrayList<>();
  private final List<long[]> kills = new ArrayList<>();
  private final List<long[]> outages = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    for (int i = 0; i < 3; i++) {
      TestingAuthorizationServer server =
          TestingAuthorizationServer.secured(
              TestingCertificates.shared().context(TestingCertificates.Server.GOOD));
      servers.add(server.always(byName()));
      links.add(FaultyLink.to(server.port()));
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (FaultyLink link : links) {
      link.close();
    }
    for (TestingAuthorizationServer server : servers) {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"first-available", "round-robin"})
  void targetsInTrouble_causeNoWrongDecision(String strategy) throws Exception {
    TestingApplication.Builder builder = builder(strategy);
    try (TestingApplication application = trusting(builder)) {
      assertEquals(200, application.get("/r", bearer(0)).status());
      try (SteadyLoad load =
          new SteadyLoad(RATE, number -> application.get("/r", bearer(number)))) {
        trouble(load);
        List<Sample> samples = load.finish();
        report(strategy, samples, builder.journal());
        List<Sample> refused =
            samples.stream()
                .filter(sample -> sample.response().status() == 503 && !isExcused(sample))
                .toList();
        assertEquals(List.of(), refused, () -> changes(builder.journal()));
        samples.forEach(this::check);
        assertChangesAlternate(builder.journal());
      }
    }
  }

  private static TestingApplication trusting(TestingApplication.Builder builder) throws Exception {
    DefaultTrust trust = DefaultTrust.in(TestingCertificates.shared().trustStore());
    try {
      return builder.start();
    } finally {
      trust.close();
    }
  }

  private TestingApplication.Builder builder(String strategy) {
    return TestingApplication.builder()
        .asking("https://127.0.0.1/introspect")
        .with(
            "as.targets",
            links.stream().map(FaultyLink::hostAndPort).collect(Collectors.joining(",")))
        .with("as.introspection-endpoint", "/introspect")
        .with("cache.tokens", "false")
        .with("failover.strategy", strategy)
        .with("failover.max-retries", "1")
        .with("failover.retry-delay", "50")
        .with("failover.failed-retry-timeout", "1")
        .with("http.connect-timeout", Integer.toString(READ_TIMEOUT))
        .with("http.read-timeout", Integer.toString(READ_TIMEOUT))
        .with("http.overall-timeout", Integer.toString(OVERALL_TIMEOUT))
        .with("http.max-connections", "200");
  }

  private void trouble(SteadyLoad load) throws Exception {
    load.awaitSent(RATE);
    for (FaultyLink link : links) {
      kill(link);
      load.awaitSent(25 * FACTOR);
      link.listens();
      load.awaitSent(10 * FACTOR);
      link.stalls();
      load.awaitSent(50 * FACTOR);
      link.passes();
      load.awaitSent(10 * FACTOR);
    }
    // Not at once: one that has failed and was not asked since is offered one request only.
    kill(links.get(0));
    load.awaitSent(25);
    kill(links.get(2));
    load.awaitSent(25 * FACTOR);
    links.get(0).listens();
    links.get(2).listens();
    load.awaitSent(60);
    duringOutage(load, FaultyLink::stalls, 110);
    duringOutage(load, FaultyLink::refuses, 25);
    load.awaitSent(10 * FACTOR);
  }

  private interface Act {
    void on(FaultyLink link) throws IOException;
  }

  private void kill(FaultyLink link) throws IOException {
    long before = System.nanoTime();
    link.refuses();
    kills.add(new long[] {before, System.nanoTime()});
  }

  /** Nobody can be served while no target is alive, and until one has been found to be again. */
  private void duringOutage(SteadyLoad load, Act act, int requests) throws Exception {
    long before = System.nanoTime();
    for (FaultyLink link : links) {
      act.on(link);
    }
    load.awaitSent(requests * FACTOR);
    for (FaultyLink link : links) {
      link.listens();
    }
    load.awaitServed();
    outages.add(new long[] {before, System.nanoTime()});
  }

  private void check(Sample sample) {
    String what = sample.toString();
    assertTrue(sample.millisOfServer() <= OVERALL_TIMEOUT + MARGIN, what);
    int status = sample.response().status();
    if (status == 503 && isExcused(sample)) {
      assertTrue(sample.response().header("Retry-After").matches("[1-9][0-9]*"), what);
      return;
    }
    assertEquals(isActive(sample.number()) ? 200 : 401, status, what);
    if (status == 200) {
      assertTrue(sample.response().body().contains("principal=" + token(sample.number())), what);
    }
  }

  private boolean isExcused(Sample sample) {
    return kills.stream().anyMatch(time -> sample.overlaps(time[0], time[1]))
        || outages.stream().anyMatch(time -> sample.overlaps(time[0], time[1]));
  }

  /** What became of the targets, and what the clocks showed then, to see what a refusal was for. */
  private String changes(Journal journal) {
    String changes =
        journal.events(AuditEvent.Type.SYSTEM).stream()
            .map(
                event ->
                    Journal.text(event, AuditField.TIME)
                        + " target "
                        + hosts().indexOf(Journal.text(event, AuditField.TARGET_HOST))
                        + " "
                        + Journal.text(event, AuditField.KIND)
                        + " "
                        + Journal.text(event, AuditField.DETAIL))
            .collect(Collectors.joining("\n"));
    return changes + "\nnow " + Instant.now() + " " + System.nanoTime();
  }

  /** A change is told once: no target fails twice without an answer in between, or the reverse. */
  private void assertChangesAlternate(Journal journal) {
    for (FaultyLink link : links) {
      List<String> changes =
          journal.events(AuditEvent.Type.SYSTEM).stream()
              .filter(e -> Journal.text(e, AuditField.TARGET_HOST).equals(link.hostAndPort()))
              .map(e -> Journal.text(e, AuditField.KIND))
              .toList();
      assertFalse(changes.isEmpty(), link::hostAndPort);
      for (int i = 0; i < changes.size(); i++) {
        assertEquals(i % 2 == 0 ? "target-failed" : "target-recovered", changes.get(i));
      }
    }
  }

  private void report(String strategy, List<Sample> samples, Journal journal) throws IOException {
    Map<Integer, Long> statuses =
        samples.stream()
            .collect(
                Collectors.groupingBy(
                    sample -> sample.response().status(), TreeMap::new, Collectors.counting()));
    long[] millis = samples.stream().mapToLong(Sample::millis).sorted().toArray();
    long atKills =
        samples.stream()
            .filter(sample -> sample.response().status() == 503)
            .filter(s -> outages.stream().noneMatch(time -> s.overlaps(time[0], time[1])))
            .count();
    Map<String, Long> exchanges =
        journal.events(AuditEvent.Type.AS_REQUEST).stream()
            .collect(
                Collectors.groupingBy(
                    event ->
                        "target "
                            + hosts().indexOf(Journal.text(event, AuditField.TARGET_HOST))
                            + " "
                            + Journal.text(event, AuditField.OUTCOME),
                    TreeMap::new,
                    Collectors.counting()));
    String text =
        String.format(
            "%s: %d requests, statuses %s, of the 503 %d with a target alive; median %d ms,"
                + " p99 %d ms, max %d ms; as-request entries %s%n",
            strategy,
            samples.size(),
            statuses,
            atKills,
            millis[millis.length / 2],
            millis[millis.length * 99 / 100],
            millis[millis.length - 1],
            exchanges);
    Files.writeString(
        Path.of("target", "outage.txt"),
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private List<String> hosts() {
    return links.stream().map(FaultyLink::hostAndPort).toList();
  }

  private static boolean isActive(int number) {
    return number % 4 != 3;
  }

  private static String token(int number) {
    return (isActive(number) ? "active-" : "inactive-") + number + ".";
  }

  private static String bearer(int number) {
    return "Authorization: Bearer " + token(number);
  }

  /** Every server knows every token, and whose it is. */
  private static Answer byName() {
    return (request, wire) -> {
      String token = request.parameter("token").orElse("");
      String json =
          token.startsWith("active-")
              ? "{\"active\":true,\"sub\":\"" + token + "\"}"
              : "{\"active\":false}";
      Answers.json(json).give(request, wire);
    };
  }
}
