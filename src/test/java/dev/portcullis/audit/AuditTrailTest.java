/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AuditTrailTest {

  private final CapturedLog serverLog = CapturedLog.ofServer();
  private final TestTrail test = new TestTrail();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void openGateAndLog() {
    gate.countDown();
    serverLog.close();
  }

  @Test
  void entries_reachEverySinkInOrder() {
    ScriptedSink first = ScriptedSink.working();
    ScriptedSink second = ScriptedSink.working();

    try (AuditTrail trail = test.over(first, second)) {
      record(trail, 1000);
    }

    assertEquals(ids(1000), first.recorded);
    assertEquals(ids(1000), second.recorded);
    assertEquals(List.of(), serverLog.lines());
  }

  @Test
  void idleTrail_wakesForNextEntry() throws Exception {
    ScriptedSink sink = ScriptedSink.working();
    try (AuditTrail trail = test.over(sink)) {
      awaitParkedForLong();

      trail.record(Entries.numbered(0));

      sink.awaitAttempt();
    }
  }

  @Test
  @DisplayName("LOG-04: undeploy with 100 queued records, all are written")
  void close_writesWhatIsQueued() throws Exception {
    ScriptedSink sink = ScriptedSink.hangingUntil(gate);
    AuditTrail trail = test.over(sink);
    record(trail, 100);
    sink.awaitAttempt();
    assertEquals(List.of(), sink.recorded);

    gate.countDown();
    trail.close();

    assertEquals(ids(100), sink.recorded);
    assertEquals(0, sink.closed.getCount());
    assertFalse(test.isThreadAlive());
  }

  @Test
  @DisplayName("LOG-04: a hanging sink does not keep the application from stopping")
  void closeWithHangingSink_endsThreadAndLogsEntries() throws Exception {
    ScriptedSink sink = ScriptedSink.hangingUntil(gate);
    AuditTrail trail = test.drainLimit(Duration.ofMillis(50)).over(sink);
    record(trail, 100);
    sink.awaitAttempt();

    trail.close();

    assertFalse(test.isThreadAlive());
    assertEquals(0, sink.closed.getCount());
    assertEquals(List.of(), sink.recorded);
    assertEquals(ids(100), loggedIds());
  }

  @Test
  void closeWithSinkDeafToInterruption_logsEntriesAndReturns() throws Exception {
    ScriptedSink sink = ScriptedSink.deafUntil(gate);
    AuditTrail trail = test.drainLimit(Duration.ofMillis(50)).over(sink);
    record(trail, 100);
    sink.awaitAttempt();

    trail.close();

    assertEquals(List.of(), sink.recorded);
    assertEquals(ids(100), loggedIds());
    gate.countDown();
    sink.closed.await();
  }

  @Test
  void entryAfterClose_isLogged() {
    ScriptedSink sink = ScriptedSink.working();
    AuditTrail trail = test.over(sink);
    trail.close();

    trail.record(Entries.numbered(0));

    assertEquals(ids(1), loggedIds());
  }

  @Test
  @DisplayName("LOG-04: continue: with a full queue entries go to the server log, requests go on")
  void fullQueueAndContinue_logsEntryAndGoesOn() {
    ScriptedSink sink = ScriptedSink.hangingUntil(gate);
    try (AuditTrail trail = test.queueSize(100).over(sink)) {
      recordPassed(trail, 103);

      assertTrue(trail.admits());

      assertEquals(List.of("r100", "r101", "r102"), loggedIds());
      trail.recordPassed(Entries.numbered(103));
      assertEquals(List.of("r100", "r101", "r102", "r103"), loggedIds());
      gate.countDown();
    }
    assertEquals(ids(100), sink.recorded);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("FLD-71: refusals take no place from requests that were passed on, nor these theirs")
  void floodOfOneKind_leavesTheOtherItsPlaces(boolean isOfRefusals) {
    ScriptedSink sink = ScriptedSink.hangingUntil(gate);
    try (AuditTrail trail = test.queueSize(10).over(sink)) {
      if (isOfRefusals) {
        record(trail, 11);
        recordPassed(trail, 10);
      } else {
        recordPassed(trail, 11);
        record(trail, 10);
      }
      assertEquals(List.of("r10"), loggedIds());
      gate.countDown();
    }
    assertEquals(20, sink.recorded.size());
  }

  @Test
  @DisplayName("FLD-71: reject: a flood of refusals closes the trail to nobody")
  void floodOfRefusalsAndReject_stillAdmits() {
    ScriptedSink sink = ScriptedSink.hangingUntil(gate);
    try (AuditTrail trail = test.queueSize(1).rejecting().over(sink)) {
      record(trail, 1000);
      assertTrue(trail.admits());
      trail.recordPassed(Entries.numbered(0));
      assertFalse(trail.admits());
      gate.countDown();
    }
  }

  @Test
  @DisplayName("LOG-04: reject: no place for the entry, no request; one is free again once written")
  void fullQueueAndReject_admitsNothing() throws Exception {
    ScriptedSink sink = ScriptedSink.hangingUntil(gate);
    try (AuditTrail trail = test.queueSize(3).rejecting().over(sink)) {
      recordPassed(trail, 2);
      assertTrue(trail.admits());
      trail.recordPassed(Entries.numbered(2));
      assertFalse(trail.admits());
      gate.countDown();
      awaitAdmission(trail);
    }
    assertEquals(ids(3), sink.recorded);
  }

  @Test
  @DisplayName(
      "FLD-71: requests under way hold no place; when they end all at once, all are recorded")
  void requestsUnderWay_holdNoPlace() {
    ScriptedSink sink = ScriptedSink.hangingUntil(gate);
    try (AuditTrail trail = test.queueSize(3).rejecting().over(sink)) {
      for (int i = 0; i < 200; i++) {
        assertTrue(trail.admits());
      }
      recordPassed(trail, 200);
      assertFalse(trail.admits());
      assertEquals(List.of(), serverLog.lines());
      gate.countDown();
      awaitAdmission(trail);
    }
    assertEquals(ids(200), sink.recorded);
  }

  @Test
  @DisplayName("LOG-04: reject: a closed trail admits nothing")
  void closedTrail_admitsNothing() {
    AuditTrail trail = test.rejecting().over(ScriptedSink.working());
    assertTrue(trail.admits());

    trail.close();

    assertFalse(trail.admits());
  }

  @Test
  @DisplayName("LOG-04: reject: a sink known to fail stops requests and recovers without a restart")
  void failingSinkAndReject_stopsRequestsUntilItWorksAgain() throws Exception {
    ScriptedSink sink = ScriptedSink.broken();
    ScriptedSink afterIt = ScriptedSink.working();
    try (AuditTrail trail = test.rejecting().over(sink, afterIt)) {
      trail.recordPassed(Entries.numbered(0));
      afterIt.awaitAttempt();
      assertFalse(trail.admits());

      sink.broken = false;
      assertFalse(trail.admits());
      trail.record(Entries.numbered(1));
      afterIt.awaitAttempt();

      assertTrue(trail.admits());
    }
    assertEquals(List.of("r1"), sink.recorded);
    assertEquals(ids(2), afterIt.recorded);
    assertEquals(ids(1), loggedIds());
  }

  @Test
  @DisplayName("LOG-04: continue: a failing sink costs no request and no entry")
  void failingSinkAndContinue_logsEntriesAndTriesAgain() throws Exception {
    ScriptedSink sink = ScriptedSink.broken();
    ScriptedSink afterIt = ScriptedSink.working();
    try (AuditTrail trail = test.over(sink, afterIt)) {
      trail.record(Entries.numbered(0));
      afterIt.awaitAttempt();
      assertTrue(trail.admits());
      sink.broken = false;
      trail.record(Entries.numbered(1));
    }
    assertEquals(List.of("r1"), sink.recorded);
    assertEquals(ids(2), afterIt.recorded);
    assertEquals(ids(1), loggedIds());
    assertEquals(1, serverLog.linesAt(Level.WARNING).size());
  }

  @Test
  void trailWithoutSinks_acceptsEverythingAndDoesNothing() {
    try (AuditTrail trail = new AuditTrail(Optional.empty(), true)) {
      assertFalse(trail.isOn());
      trail.recordPassed(Entries.numbered(0));
      trail.record(Entries.numbered(1));
    }
    assertEquals(List.of(), serverLog.lines());
  }

  @Test
  @DisplayName("LOG-07: 100,000 entries, the audit trail is complete and the server log silent")
  void manyEntriesFromManyThreads_areAllRecorded() throws Exception {
    ScriptedSink sink = ScriptedSink.working();
    int perThread = 25_000;
    try (AuditTrail trail = test.queueSize(100_000).over(sink)) {
      List<Thread> threads =
          IntStream.range(0, 4).mapToObj(i -> new Thread(() -> record(trail, perThread))).toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertEquals(4L * perThread, sink.recorded.size());
    assertEquals(List.of(), serverLog.lines());
  }

  private static void record(AuditTrail trail, int count) {
    for (int i = 0; i < count; i++) {
      trail.record(Entries.numbered(i));
    }
  }

  private static void recordPassed(AuditTrail trail, int count) {
    for (int i = 0; i < count; i++) {
      trail.recordPassed(Entries.numbered(i));
    }
  }

  /** Until what was put there is written; the test's time limit ends it. */
  private static void awaitAdmission(AuditTrail trail) {
    while (!trail.admits()) {
      Thread.onSpinWait();
    }
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "r" + i).toList();
  }

  /** The entries that went to the server log. */
  private List<String> loggedIds() {
    return serverLog.linesAt(Level.SEVERE).stream()
        .filter(line -> line.startsWith("audit: {"))
        .map(line -> line.replaceAll(".*\"exchangeId\":\"(r[0-9]+)\".*", "$1"))
        .toList();
  }

  private void awaitParkedForLong() {
    while (TestTrail.thread(test.thread).map(Thread::getState).orElseThrow()
        != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
