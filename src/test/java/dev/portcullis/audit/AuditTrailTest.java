/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.audit.AuditTrail.Reservation;
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
      record(trail, 103);

      Reservation reservation = trail.reserve().orElseThrow();

      assertEquals(List.of("r100", "r101", "r102"), loggedIds());
      reservation.record(Entries.numbered(103));
      assertEquals(List.of("r100", "r101", "r102", "r103"), loggedIds());
      gate.countDown();
    }
    assertEquals(ids(100), sink.recorded);
  }

  @Test
  @DisplayName("LOG-04: reject: no room for the entry, no request")
  void fullQueueAndReject_givesNoReservation() {
    ScriptedSink sink = ScriptedSink.hangingUntil(gate);
    try (AuditTrail trail = test.queueSize(3).rejecting().over(sink)) {
      Reservation kept = trail.reserve().orElseThrow();
      Reservation released = trail.reserve().orElseThrow();
      trail.record(Entries.numbered(0));
      assertEquals(Optional.empty(), trail.reserve());

      released.release();
      released.release();
      assertTrue(trail.reserve().isPresent());
      assertEquals(Optional.empty(), trail.reserve());

      kept.record(Entries.numbered(1));
      assertEquals(List.of(), serverLog.lines());
      gate.countDown();
    }
    assertEquals(ids(2), sink.recorded);
  }

  @Test
  void usedReservation_givesNothingBack() {
    ScriptedSink sink = ScriptedSink.hangingUntil(gate);
    try (AuditTrail trail = test.queueSize(1).rejecting().over(sink)) {
      Reservation reservation = trail.reserve().orElseThrow();
      reservation.record(Entries.numbered(0));

      reservation.release();

      assertEquals(Optional.empty(), trail.reserve());
      gate.countDown();
    }
  }

  @Test
  void reservationUsedTwice_stillRecordsBoth() {
    ScriptedSink sink = ScriptedSink.working();
    try (AuditTrail trail = test.rejecting().over(sink)) {
      Reservation reservation = trail.reserve().orElseThrow();
      reservation.record(Entries.numbered(0));
      reservation.record(Entries.numbered(1));
    }
    assertEquals(ids(2), sink.recorded);
  }

  @Test
  @DisplayName("LOG-04: reject: a sink known to fail stops requests and recovers without a restart")
  void failingSinkAndReject_stopsRequestsUntilItWorksAgain() throws Exception {
    ScriptedSink sink = ScriptedSink.broken();
    ScriptedSink afterIt = ScriptedSink.working();
    try (AuditTrail trail = test.rejecting().over(sink, afterIt)) {
      trail.reserve().orElseThrow().record(Entries.numbered(0));
      afterIt.awaitAttempt();
      assertEquals(Optional.empty(), trail.reserve());

      sink.broken = false;
      assertEquals(Optional.empty(), trail.reserve());
      trail.record(Entries.numbered(1));
      afterIt.awaitAttempt();

      assertTrue(trail.reserve().isPresent());
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
      assertTrue(trail.reserve().isPresent());
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
      trail.reserve().orElseThrow().record(Entries.numbered(0));
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
