/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests at a fixed rate, whatever becomes of those before: an open loop. The time of a request
 * runs from the moment it was due, so that none hides behind a slow one. For one test.
 */
public final class SteadyLoad implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  /** How a request is sent. */
  public interface Sender {
    /** Sends the request of that number, from 0 on. */
    RawHttp.Response send(int number) throws IOException;
  }

  /**
   * A request that was answered; times are those of {@link System#nanoTime}.
   *
   * @param number of the request
   * @param due when it was to be sent
   * @param began when its thread had come to send it
   * @param ended when its response was complete
   * @param response what came
   */
  public record Sample(int number, long due, long began, long ended, RawHttp.Response response) {

    /** How long it took from when it was due. */
    public long millis() {
      return TimeUnit.NANOSECONDS.toMillis(ended - due);
    }

    /** The same without what the sender itself came too late. */
    public long millisOfServer() {
      return TimeUnit.NANOSECONDS.toMillis(ended - began);
    }

    /** Whether it was under way at some moment of that time. */
    public boolean overlaps(long from, long to) {
      return due - to <= 0 && ended - from >= 0;
    }
  }

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final List<Future<Sample>> samples = new CopyOnWriteArrayList<>();
  private final ScheduledFuture<?> ticking;
  private final Semaphore sent = new Semaphore(0);
  private final Semaphore served = new Semaphore(0);
  private final Sender sender;
  private final long period;
  private final long start = System.nanoTime();
  private volatile long servedIfDueAfter = Long.MAX_VALUE;

  /** Begins to send. */
  public SteadyLoad(int perSecond, Sender sender) {
    this.sender = sender;
    this.period = TimeUnit.SECONDS.toNanos(1) / perSecond;
    ticking = clock.scheduleAtFixedRate(this::tick, 0, period, TimeUnit.NANOSECONDS);
  }

  private void tick() {
    int number = samples.size();
    samples.add(clients.submit(() -> sample(number)));
    sent.release();
  }

  private Sample sample(int number) throws IOException {
    long due = start + number * period;
    long began = System.nanoTime();
    RawHttp.Response response = sender.send(number);
    Sample sample = new Sample(number, due, began, System.nanoTime(), response);
    if (response.status() == 200 && due - servedIfDueAfter > 0) {
      served.release();
    }
    return sample;
  }

  /** Waits until that many more have been sent. */
  public void awaitSent(int number) throws InterruptedException {
    awaitThat(sent, number, "not so many were sent");
  }

  /** Waits until one that is due from now on has been answered with 200. */
  public void awaitServed() throws InterruptedException {
    served.drainPermits();
    servedIfDueAfter = System.nanoTime();
    awaitThat(served, 1, "nothing was served any more");
    sent.drainPermits();
  }

  private static void awaitThat(Semaphore permits, int number, String otherwise)
      throws InterruptedException {
    if (!permits.tryAcquire(number, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(otherwise);
    }
  }

  /** Sends no more and waits until all have been answered. */
  public List<Sample> finish() throws InterruptedException, ExecutionException, TimeoutException {
    ticking.cancel(false);
    clock.shutdown();
    if (!clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the clock does not stop");
    }
    List<Sample> all = new ArrayList<>();
    for (Future<Sample> sample : samples) {
      all.add(sample.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    return all;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    clients.shutdownNow();
  }
}
