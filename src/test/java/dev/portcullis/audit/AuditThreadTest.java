/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The thread that empties the queue, when even the last resort fails. */
class AuditThreadTest {

  @Test
  void serverLogThatThrows_doesNotEndTheTrail() throws Exception {
    Logger serverLog = Logger.getLogger("dev.portcullis.audit");
    Handler faulty = new Faulty();
    serverLog.addHandler(faulty);
    ScriptedSink sink = ScriptedSink.broken();
    try (AuditTrail trail = new TestTrail().over(sink)) {
      trail.record(Entries.numbered(0));
      sink.awaitAttempt();
      sink.broken = false;
      trail.record(Entries.numbered(1));
      sink.awaitAttempt();
    } finally {
      serverLog.removeHandler(faulty);
    }
    assertEquals(List.of("r1"), sink.recorded);
  }

  /** A log whose disk is full, say. */
  private static final class Faulty extends Handler {

    @Override
    public void publish(LogRecord line) {
      throw new IllegalStateException("thrown by the test");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
