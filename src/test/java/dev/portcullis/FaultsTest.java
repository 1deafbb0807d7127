/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("LOG-07: whoever can cause a fault cannot drown the log")
class FaultsTest {

  private final AtomicLong now = new AtomicLong();
  private final Faults faults = new Faults(now::get);

  @Test
  void secondFaultWithinTheInterval_isCountedOnly() {
    List<String> lines = reported(Duration.ZERO, Duration.ofSeconds(10).minusNanos(1));

    assertEquals(1, lines.size(), lines.toString());
  }

  @Test
  void faultAfterTheInterval_isToldWithTheNumberOfThoseBetween() {
    List<String> lines = reported(Duration.ZERO, Duration.ofSeconds(9), Duration.ofSeconds(10));

    assertEquals(2, lines.size(), lines.toString());
    assertTrue(lines.get(1).contains("(1 more since the last)"), lines.get(1));
  }

  @Test
  void message_isNotTold() {
    String line = reported(Duration.ZERO).get(0);

    assertTrue(line.contains("IllegalStateException at dev.portcullis.FaultsTest"), line);
    assertFalse(line.contains("from the request"), line);
  }

  private List<String> reported(Duration... times) {
    try (CapturedLog log = CapturedLog.of(Faults.class.getName())) {
      for (Duration time : times) {
        now.set(time.toNanos());
        faults.report(new IllegalStateException("from the request"));
      }
      return log.lines();
    }
  }
}
