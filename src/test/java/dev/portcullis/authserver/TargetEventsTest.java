/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the log is told of targets, and how often. */
class TargetEventsTest {

  private final ManualTime time = new ManualTime();
  private final RecordingLogger logger = new RecordingLogger();
  private final List<AuditEvent> entries = new ArrayList<>();

  @Test
  void targetThatFailsAndAnswersByTurns_doesNotFloodTheLog() {
    Targets targets = targets();
    for (int i = 0; i < 100; i++) {
      Turn one = targets.round(call()).next().orElseThrow();
      Turn other = targets.round(call()).next().orElseThrow();
      targets.failed(one, Outcome.STATUS);
      targets.answered(other);
    }
    assertEquals(2, logger.lines().size(), logger.lines().toString());
    assertEquals(200, entries.size());

    time.pass(Duration.ofSeconds(10));
    targets.failed(targets.round(call()).next().orElseThrow(), Outcome.STATUS);

    assertEquals(
        "WARNING The authorization server at as.example:80 has failed: status."
            + " (99 more since the last such line)",
        logger.lines().get(2));
  }

  private Targets targets() {
    FailoverSettings settings =
        new FailoverSettings(
            FailoverSettings.Strategy.FIRST_AVAILABLE,
            0,
            Duration.ZERO,
            Duration.ofMinutes(1),
            Set.of(),
            Duration.ofMinutes(1));
    return new Targets(
        settings,
        time::nanoTime,
        new TargetEvents(
            entries::add, time.timing().clock(), new ThrottledLog(logger, time::nanoTime)));
  }

  private static Call call() {
    return new Call(
        new Endpoints(List.of(new Target("http", "as.example", 80)), "/introspect", "as.targets"),
        Map.of(),
        "",
        "",
        Optional.empty(),
        Duration.ofSeconds(1),
        () -> 0);
  }
}
