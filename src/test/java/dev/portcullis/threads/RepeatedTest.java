/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.CapturedLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RepeatedTest {

  @Test
  @DisplayName("FLD-78: an Error in a background task is logged, and the schedule goes on")
  void workThatThrows_isLoggedAndDoneAgain() throws Exception {
    CountDownLatch runs = new CountDownLatch(3);
    Repeated work =
        new Repeated(
            "The work",
            () -> {
              runs.countDown();
              throw new NoClassDefFoundError("secret");
            });
    try (CapturedLog log = CapturedLog.of("dev.portcullis.threads");
        BackgroundThreads threads = new BackgroundThreads("portcullis-testing")) {
      ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads);
      ScheduledFuture<?> schedule = timer.scheduleWithFixedDelay(work, 1, 1, TimeUnit.MILLISECONDS);
      runs.await();
      assertFalse(schedule.isDone());
      timer.shutdownNow();

      List<String> errors = log.linesAt(Level.SEVERE);
      assertEquals(1, errors.size());
      assertTrue(errors.get(0).startsWith("The work failed: java.lang.NoClassDefFoundError at "));
      assertTrue(!log.text().contains("secret"), log::text);
    }
  }

  @Test
  void workThatFailsAgainAfterItWorked_isToldAgain() {
    Deque<Boolean> works = new ArrayDeque<>(List.of(false, false, true, false));
    Repeated work =
        new Repeated(
            "The work",
            () -> {
              if (!works.pop()) {
                throw new IllegalStateException();
              }
            });
    try (CapturedLog log = CapturedLog.of("dev.portcullis.threads")) {
      while (!works.isEmpty()) {
        work.run();
      }
      assertEquals(2, log.linesAt(Level.SEVERE).size());
    }
  }

  @Test
  void threadThatEndsWithAnError_isLogged() throws Exception {
    try (CapturedLog log = CapturedLog.of("dev.portcullis.threads");
        BackgroundThreads threads = new BackgroundThreads("portcullis-testing")) {
      Thread thread =
          threads.newThread(
              () -> {
                throw new AssertionError();
              });
      thread.start();
      thread.join();

      assertTrue(log.linesAt(Level.SEVERE).get(0).startsWith("portcullis-testing failed: "));
    }
  }

  @Test
  void ownThread_returnsAndThrowsWhatTheStepDoes_andEnds() throws Exception {
    Thread thread = OwnThread.call("portcullis-testing", Thread::currentThread);
    assertEquals("portcullis-testing", thread.getName());
    assertEquals(Thread.State.TERMINATED, thread.getState());

    Error fault = new NoClassDefFoundError();
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class,
            () ->
                OwnThread.call(
                    "portcullis-testing",
                    () -> {
                      throw fault;
                    }));
    assertEquals(fault, thrown.getCause());
  }
}
