/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What becomes of entries that something could not record: each goes to the server log at ERROR, so
 * that none is lost in silence. Why that is so, and how many entries it concerns, is said at most
 * once a minute. Safe for use by several threads.
 */
final class LostEntries {

  private static final Logger SERVER_LOG = System.getLogger("dev.portcullis.audit");
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private final String what;
  private final AuditFormat format;
  private final LongSupplier ticker;
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong nextAlarm;
  private final AtomicBoolean alarmed = new AtomicBoolean();

  /**
   * Reports on one thing.
   *
   * @param what its name, as the subject of a sentence
   * @param ticker nanoseconds
   */
  LostEntries(String what, AuditFormat format, LongSupplier ticker) {
    this.what = what;
    this.format = format;
    this.ticker = ticker;
    this.nextAlarm = new AtomicLong(ticker.getAsLong());
  }

  /** Writes entries to the server log, and now and then the cause. */
  void report(String cause, List<AuditEvent> entries) {
    long total = count.addAndGet(entries.size());
    if (isAlarmDue()) {
      alarmed.set(true);
      say(Level.ERROR, "fails: " + cause, total);
    }
    entries.forEach(entry -> SERVER_LOG.log(Level.ERROR, "audit: " + format.line(entry)));
  }

  /** Says that recording works again, if it was said that it does not. */
  void recovered() {
    if (alarmed.getAndSet(false)) {
      say(Level.WARNING, "works again", count.get());
    }
  }

  private void say(Level level, String news, long total) {
    SERVER_LOG.log(level, what + " " + news + "; entries written to this log instead: " + total);
  }

  private boolean isAlarmDue() {
    long now = ticker.getAsLong();
    long due = nextAlarm.get();
    return now - due >= 0 && nextAlarm.compareAndSet(due, now + PAUSE);
  }
}
