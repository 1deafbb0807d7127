/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** Threads that send requests one after the other until told to stop. */
public final class Load implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 20_000;
  private static final int BROKEN = -1;

  private final Callable<Integer> request;
  private final List<Thread> threads = new ArrayList<>();
  private final Set<Integer> statuses = new TreeSet<>();
  private boolean stopped;
  private int answered;

  private Load(Callable<Integer> request) {
    this.request = request;
  }

  /** Starts that many threads; the request returns its status. */
  public static Load of(int threads, Callable<Integer> request) {
    Load load = new Load(request);
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(load::run, "load-" + i);
      thread.setDaemon(true);
      load.threads.add(thread);
      thread.start();
    }
    return load;
  }

  private void run() {
    while (!isStopped()) {
      note(status());
    }
  }

  private int status() {
    try {
      return request.call();
    } catch (Exception e) {
      return BROKEN;
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private synchronized void note(int status) {
    statuses.add(status);
    answered++;
    notifyAll();
  }

  /** Waits until that many further requests were answered. */
  public synchronized void awaitMore(int number) throws InterruptedException {
    int goal = answered + number;
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (answered < goal) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("only " + answered + " of " + goal + " answers");
      }
      wait(left);
    }
  }

  /** Ends the threads; all different statuses they have seen, -1 for no answer. */
  public List<Integer> stop() throws InterruptedException {
    close();
    for (Thread thread : threads) {
      thread.join(PATIENCE_MILLIS);
    }
    synchronized (this) {
      return List.copyOf(statuses);
    }
  }

  /** Has them end; does not wait for it. */
  @Override
  public synchronized void close() {
    stopped = true;
  }
}
