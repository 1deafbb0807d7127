/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A sink that remembers, and fails or hangs when told to. */
final class ScriptedSink implements AuditSink {

  final List<String> recorded = Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch closed = new CountDownLatch(1);
  volatile boolean broken;
  volatile boolean flushBroken;
  private final BlockingQueue<String> attempts = new LinkedBlockingQueue<>();
  private final CountDownLatch gate;
  private final boolean interruptible;

  private ScriptedSink(CountDownLatch gate, boolean interruptible) {
    this.gate = gate;
    this.interruptible = interruptible;
  }

  static ScriptedSink working() {
    return hangingUntil(new CountDownLatch(0));
  }

  static ScriptedSink broken() {
    ScriptedSink sink = working();
    sink.broken = true;
    return sink;
  }

  static ScriptedSink hangingUntil(CountDownLatch gate) {
    return new ScriptedSink(gate, true);
  }

  /** Hangs and takes no notice of an interruption. */
  static ScriptedSink deafUntil(CountDownLatch gate) {
    return new ScriptedSink(gate, false);
  }

  /** Waits until an entry was given to it that was not waited for before. */
  void awaitAttempt() throws InterruptedException {
    if (attempts.poll(10, TimeUnit.SECONDS) == null) {
      throw new AssertionError("no entry came");
    }
  }

  @Override
  public void write(AuditEvent event) throws Exception {
    attempts.add(Entries.id(event));
    pass();
    if (broken) {
      throw new IOException("out of order");
    }
    recorded.add(Entries.id(event));
  }

  @Override
  public void flush() throws IOException {
    if (flushBroken) {
      throw new IOException("no space left");
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void pass() throws InterruptedException {
    while (gate.getCount() > 0) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        if (interruptible) {
          throw e;
        }
      }
    }
  }
}
