/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BackgroundThreadsTest {

  private final CountDownLatch running = new CountDownLatch(3);
  private final CountDownLatch released = new CountDownLatch(1);

  @Test
  void closed_leavesNoThread() throws Exception {
    BackgroundThreads threads = new BackgroundThreads("resting");
    List<Thread> started = List.of(start(threads), start(threads), start(threads));
    running.await();

    threads.close();

    for (Thread thread : started) {
      assertEquals(Thread.State.TERMINATED, thread.getState());
    }
  }

  @Test
  void threadThatCannotBeInterrupted_isNotWaitedForWithoutEnd() throws Exception {
    BackgroundThreads threads = new BackgroundThreads("deaf");
    Thread deaf = threads.newThread(this::hear);
    deaf.start();

    threads.close();

    assertTrue(deaf.isAlive());
    released.countDown();
    deaf.join();
  }

  @Test
  void threadThatCloses_doesNotWaitForItself() throws Exception {
    BackgroundThreads threads = new BackgroundThreads("closing");
    Thread closing = threads.newThread(threads::close);

    closing.start();

    closing.join();
  }

  @Test
  void threads_endWithTheApplicationAndBelongToIt() {
    Thread thread = new BackgroundThreads("portcullis-x").newThread(this::hear);

    assertEquals("portcullis-x", thread.getName());
    assertTrue(thread.isDaemon());
    assertEquals(BackgroundThreads.class.getClassLoader(), thread.getContextClassLoader());
  }

  private Thread start(BackgroundThreads threads) {
    Thread thread = threads.newThread(this::rest);
    thread.start();
    return thread;
  }

  private void rest() {
    running.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear() {
    while (released.getCount() > 0) {
      Thread.onSpinWait();
      boolean unused = Thread.interrupted();
    }
  }
}
