/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LostEntriesTest {

  private final CapturedLog serverLog = CapturedLog.ofServer();
  private final TestTrail clock = new TestTrail();
  private final LostEntries lost = clock.lost("Audit queue");

  @AfterEach
  void closeLog() {
    serverLog.close();
  }

  @Test
  void lostEntry_isInServerLogItself() {
    lost.report("it is full", List.of(Entries.numbered(7)));

    assertEquals(
        List.of(
            "Audit queue fails: it is full; entries written to this log instead: 1",
            "audit: " + AuditFormat.JSON.line(Entries.numbered(7))),
        serverLog.lines());
  }

  @Test
  @DisplayName("LOG-04, LOG-07: the alarm comes once a minute and counts")
  void manyLostEntries_alarmOnceAMinuteWithCount() {
    report(1000);
    clock.pass(Duration.ofMinutes(1).minusNanos(1));
    report(1);
    assertEquals(1, alarms().size());

    clock.pass(Duration.ofNanos(1));
    report(1);

    assertEquals(2, alarms().size());
    assertTrue(alarms().get(1).endsWith(": 1002"), alarms().get(1));
    assertEquals(1002 + 2, serverLog.lines().size());
  }

  @Test
  void flappingSink_saysSoOnceAMinute() {
    for (int i = 0; i < 10; i++) {
      report(1);
      lost.recovered();
    }

    assertEquals(1, alarms().size());
    assertEquals(
        1, serverLog.lines().stream().filter(line -> line.contains("works again")).count());
  }

  private void report(int times) {
    for (int i = 0; i < times; i++) {
      lost.report("it is full", List.of(Entries.numbered(i)));
    }
  }

  private List<String> alarms() {
    return serverLog.lines().stream().filter(line -> line.contains(" fails: ")).toList();
  }
}
