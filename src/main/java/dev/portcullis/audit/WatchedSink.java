/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sink whose failures are noticed: entries that it throws on are reported as lost, and it is
 * tried again with the next entry. Used by the background thread alone, but for {@link
 * #isFailing()}.
 */
final class WatchedSink {

  private static final int LONGEST_CAUSE = 500;

  private final AuditSink sink;
  private final LostEntries lost;
  private volatile boolean failing;

  WatchedSink(AuditSink sink, LostEntries lost) {
    this.sink = sink;
    this.lost = lost;
  }

  /** Whether the sink failed when it was last tried. */
  boolean isFailing() {
    return failing;
  }

  /**
   * Writes and flushes entries; when the flush fails, all of them count as lost, and when a call
   * was interrupted, all that come after it.
   */
  void deliver(List<AuditEvent> entries) {
    List<AuditEvent> refused = new ArrayList<>();
    Optional<Throwable> last = Optional.empty();
    Optional<Throwable> cause = Optional.empty();
    for (AuditEvent entry : entries) {
      if (last.filter(InterruptedException.class::isInstance).isEmpty()) {
        last = attempt(() -> sink.write(entry));
      }
      if (last.isPresent()) {
        cause = last;
        refused.add(entry);
      }
    }
    Optional<Throwable> flushed = attempt(sink::flush);
    if (flushed.isPresent()) {
      settle(false, flushed, entries);
    } else {
      settle(last.isEmpty(), cause, refused);
    }
  }

  /** Closes the sink; a fault is reported. */
  void close() {
    attempt(sink::close).ifPresent(fault -> lost.report(describe(fault), List.of()));
  }

  private void settle(boolean works, Optional<Throwable> fault, List<AuditEvent> refused) {
    boolean failed = failing;
    failing = !works;
    fault.ifPresent(cause -> lost.report(describe(cause), refused));
    if (works && (failed || fault.isPresent())) {
      lost.recovered();
    }
  }

  /**
   * A sink may be anyone's code: even an error in it must not end the thread that serves the
   * others.
   */
  private static Optional<Throwable> attempt(Attempt attempt) {
    try {
      attempt.run();
      return Optional.empty();
    } catch (Throwable e) {
      return Optional.of(e);
    }
  }

  /** Type and message of a fault, on one line and cut. */
  static String summary(Throwable fault) {
    String text = EntryText.escape(text(fault), "");
    return text.length() > LONGEST_CAUSE ? text.substring(0, LONGEST_CAUSE) + "…" : text;
  }

  /** What a fault says of itself, unless that fails too: it may be anyone's code. */
  private static String text(Throwable fault) {
    try {
      return String.valueOf(fault);
    } catch (RuntimeException | StackOverflowError e) {
      return fault.getClass().getName();
    }
  }

  private static String describe(Throwable fault) {
    StackTraceElement[] frames = fault.getStackTrace();
    return frames.length == 0 ? summary(fault) : summary(fault) + " at " + frames[0];
  }

  /** A call of the sink. */
  private interface Attempt {
    void run() throws Exception;
  }
}
