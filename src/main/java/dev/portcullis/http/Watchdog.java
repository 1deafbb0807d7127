/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import dev.portcullis.threads.BackgroundThreads;
import dev.portcullis.threads.Repeated;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Closes sockets whose time is up: the one way to end a read, a write or a handshake that a peer
 * keeps alive an octet at a time. Owns one daemon thread, which never blocks. Safe for use by
 * several threads.
 */
final class Watchdog implements AutoCloseable {

  private final BackgroundThreads threads = new BackgroundThreads("portcullis-http-deadline");
  private final ScheduledThreadPoolExecutor timer;

  Watchdog() {
    timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Closes the socket when that time has passed, unless the watch has ended by then. */
  Watch watch(Socket socket, Duration time) {
    return new Watch(timer, socket, time, time, () -> false);
  }

  /**
   * The same, but closes it sooner when nothing has begun by then.
   *
   * @param patience how long to wait for a beginning
   */
  Watch watch(Socket socket, Duration time, Duration patience, BooleanSupplier hasBegun) {
    return new Watch(timer, socket, time, patience, hasBegun);
  }

  /** Runs something again and again that must not block. */
  void every(Duration time, Runnable work) {
    Future<?> unused =
        timer.scheduleWithFixedDelay(
            new Repeated("Closing idle connections", work),
            time.toMillis(),
            time.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Ends the thread. Sockets under watch are closed by whoever holds them. */
  @Override
  public void close() {
    timer.shutdownNow();
    threads.close();
  }

  /** One socket under watch. */
  static final class Watch implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer;
    private final Socket socket;
    private final BooleanSupplier hasBegun;
    private ScheduledFuture<?> alarm;
    private long rest;
    private boolean closed;
    private volatile boolean expired;

    private Watch(
        ScheduledThreadPoolExecutor timer,
        Socket socket,
        Duration time,
        Duration patience,
        BooleanSupplier hasBegun) {
      this.timer = timer;
      this.socket = socket;
      this.hasBegun = hasBegun;
      this.rest = Math.max(0, time.minus(patience).toNanos());
      this.alarm = timer.schedule(this::ring, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void ring() {
      if (closed) {
        return;
      }
      if (rest > 0 && hasBegun.getAsBoolean()) {
        alarm = timer.schedule(this::ring, rest, TimeUnit.NANOSECONDS);
        rest = 0;
        return;
      }
      expired = true;
      abort(socket);
    }

    /** Whether the time was up before the watch ended. */
    boolean hasExpired() {
      return expired;
    }

    /** Ends the watch. */
    @Override
    public synchronized void close() {
      closed = true;
      alarm.cancel(false);
    }
  }

  /** Closes a socket at once, without a word to the peer and without waiting for it. */
  static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // Closed already: what was wanted.
    }
  }
}
