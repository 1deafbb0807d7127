/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.testing.FaultyLink;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.ServerProcess;
import dev.portcullis.testing.TestingApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An authorization server, a process of its own, that gives up all pooled connections in each of
 * the ways there are; then as many requests come at once. {@code -Dportcullis.link.rounds=50} does
 * all of it fifty times.
 */
@DisplayName("FLD-20: connections that were given up cost no request, and mark no target")
class LostConnectionsTest {

  private static final int ROUNDS = Integer.getInteger("portcullis.link.rounds", 1);

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private ServerProcess server;
  private FaultyLink link;
  private int bursts;

  /** How the pooled connections end. */
  private enum End {
    RESTART,
    CLOSED,
    RESET,
    FORGOTTEN
  }

  @BeforeEach
  void start() throws Exception {
    server = ServerProcess.start();
    link = FaultyLink.to(server.port());
  }

  @AfterEach
  void stop() throws Exception {
    link.close();
    server.close();
    clients.shutdownNow();
  }

  /** In the everyday build each number once; with more rounds each with both. */
  static Stream<Arguments> cases() {
    Optional<String> byDefault = Optional.empty();
    Optional<String> none = Optional.of("0");
    Stream<Arguments> some =
        Stream.of(
            Arguments.of(1, none),
            Arguments.of(8, byDefault),
            Arguments.of(20, none),
            Arguments.of(64, byDefault));
    Stream<Arguments> others =
        Stream.of(
            Arguments.of(1, byDefault),
            Arguments.of(8, none),
            Arguments.of(20, byDefault),
            Arguments.of(64, none));
    return ROUNDS > 1 ? Stream.concat(some, others) : some;
  }

  @ParameterizedTest(name = "{0} connections, failover.max-retries {1}")
  @MethodSource("cases")
  void connectionsThatWereGivenUp_costNoRequest(int connections, Optional<String> retries)
      throws Exception {
    TestingApplication.Builder builder =
        TestingApplication.builder()
            .asking("http://127.0.0.1/introspect")
            .with("as.targets", link.hostAndPort())
            .with("as.introspection-endpoint", "/introspect")
            .with("http.overall-timeout", "");
    retries.ifPresent(number -> builder.with("failover.max-retries", number));
    if (connections > 50) {
      builder.with("http.max-connections", Integer.toString(connections));
    }
    try (TestingApplication application = builder.start()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (End end : End.values()) {
          askTogether(application, connections, end + " before");
          int before = link.connections();
          end(end);
          askTogether(application, connections, end + " after");
          assertTrue(link.connections() - before >= connections, end::name);
          assertEquals(200, ask(application, "one-more").status());
        }
      }
    }
    assertEquals(
        List.of(),
        builder.journal().events(AuditEvent.Type.SYSTEM).stream()
            .map(Object::toString)
            .filter(text -> text.contains("target-failed"))
            .toList());
  }

  private void end(End how) throws Exception {
    switch (how) {
      case RESTART -> server.restart();
      case CLOSED -> server.closesConnections();
      case RESET -> server.resetsConnections();
      case FORGOTTEN -> link.forgetsConnections();
    }
  }

  /** Each over a connection of its own: none is answered before all have come. */
  private void askTogether(TestingApplication application, int number, String when)
      throws Exception {
    bursts++;
    List<Future<RawHttp.Response>> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      String token = number + "-together-" + bursts + "-" + i;
      all.add(clients.submit(() -> ask(application, token)));
    }
    for (Future<RawHttp.Response> one : all) {
      RawHttp.Response response = one.get(30, TimeUnit.SECONDS);
      assertEquals(200, response.status(), () -> when + ": " + response);
    }
  }

  private static RawHttp.Response ask(TestingApplication application, String token)
      throws Exception {
    return application.get("/r", "Authorization: Bearer " + token);
  }
}
