/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditSink;
import dev.portcullis.testing.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("LOG-04: a failing sink is noticed")
class WatchedSinkTest {

  private final CapturedLog serverLog = CapturedLog.ofServer();
  private final ScriptedSink sink = ScriptedSink.working();
  private final WatchedSink watched =
      new WatchedSink(sink, new TestTrail().lost("Audit sink 'test'"));

  @AfterEach
  void closeLog() {
    serverLog.close();
  }

  @Test
  void sinkThatThrows_isFailingUntilNextEntryGoesIn() {
    sink.broken = true;
    watched.deliver(List.of(Entries.numbered(0)));
    assertTrue(watched.isFailing());

    sink.broken = false;
    watched.deliver(List.of(Entries.numbered(1)));

    assertFalse(watched.isFailing());
    assertEquals(List.of("r1"), sink.recorded);
  }

  @Test
  void flushThatThrows_makesAllEntriesLost() {
    sink.flushBroken = true;

    watched.deliver(List.of(Entries.numbered(0), Entries.numbered(1)));

    assertTrue(watched.isFailing());
    assertEquals(3, serverLog.lines().size());
    assertTrue(serverLog.lines().get(0).contains("java.io.IOException: no space left at "));
  }

  @Test
  void sinkThatThrowsError_doesNotEndTheThread() {
    AuditSink faulty = write(new NoClassDefFoundError("com/example/Missing"));

    WatchedSink other = new WatchedSink(faulty, new TestTrail().lost("Audit sink 'test'"));
    other.deliver(List.of(Entries.numbered(0)));

    assertTrue(other.isFailing());
    assertTrue(serverLog.lines().get(0).contains("NoClassDefFoundError: com/example/Missing"));
  }

  @Test
  @DisplayName("LOG-03: the message of a sink's exception is escaped and cut")
  void messageOfException_isEscapedAndCut() {
    AuditSink faulty = write(new IllegalStateException("a\r\nFAKE " + "x".repeat(1 << 20)));

    WatchedSink other = new WatchedSink(faulty, new TestTrail().lost("Audit sink 'test'"));
    other.deliver(List.of(Entries.numbered(0)));

    String alarm = serverLog.lines().get(0);
    assertTrue(alarm.contains("a\\r\\nFAKE "), alarm);
    assertTrue(alarm.length() < 1000, alarm);
  }

  @Test
  void exceptionThatCannotBePrinted_isReportedByItsClass() {
    AuditSink faulty =
        write(
            new IllegalStateException() {
              private static final long serialVersionUID = 1L;

              @Override
              public String getMessage() {
                throw new IllegalStateException("thrown by the test");
              }
            });

    WatchedSink other = new WatchedSink(faulty, new TestTrail().lost("Audit sink 'test'"));
    other.deliver(List.of(Entries.numbered(0)));

    assertTrue(other.isFailing());
    assertTrue(serverLog.lines().get(0).contains("WatchedSinkTest$"), serverLog.lines().get(0));
    assertEquals(2, serverLog.lines().size());
  }

  private static AuditSink write(Throwable fault) {
    return new AuditSink() {
      @Override
      public void write(AuditEvent event) throws Exception {
        if (fault instanceof Error error) {
          throw error;
        }
        throw (Exception) fault;
      }
    };
  }
}
