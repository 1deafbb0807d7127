/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import dev.portcullis.threads.BackgroundThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up host names within a time. Java cannot interrupt a lookup, so it is made on a thread of
 * its own; whoever asks for the same name meanwhile waits for the same lookup, so that a hanging
 * name server costs one thread for each name. Safe for use by several threads.
 */
final class HostResolver implements AutoCloseable {

  /** What the lookup is made with. */
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final Lookup lookup;
  private final BackgroundThreads threads;
  private final ExecutorService executor;
  private final ConcurrentMap<String, FutureTask<InetAddress[]>> pending =
      new ConcurrentHashMap<>();

  HostResolver(Lookup lookup) {
    this(lookup, new BackgroundThreads("portcullis-http-resolver"));
  }

  HostResolver(Lookup lookup, BackgroundThreads threads) {
    this.lookup = lookup;
    this.threads = threads;
    this.executor = Executors.newCachedThreadPool(threads);
  }

  /**
   * The addresses of a host.
   *
   * @throws UnknownHostException if it has none, or none were found in time
   */
  InetAddress[] resolve(String host, Duration time) throws UnknownHostException {
    if (isLiteral(host)) {
      return InetAddress.getAllByName(host);
    }
    try {
      return lookup(host).get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw unknown(host, e.getCause() instanceof UnknownHostException u ? u : e);
    } catch (OutOfMemoryError | CancellationException e) {
      throw unknown(host + ": no thread to ask the name service with", e);
    } catch (TimeoutException e) {
      throw unknown(host + ": no answer from the name service in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host + ": interrupted", e);
    }
  }

  private FutureTask<InetAddress[]> lookup(String host) {
    FutureTask<InetAddress[]> mine = new FutureTask<>(() -> look(host));
    FutureTask<InetAddress[]> others = pending.putIfAbsent(host, mine);
    if (others != null) {
      return others;
    }
    start(host, mine);
    return mine;
  }

  /** A lookup that no thread can be had for must not be what all others wait for from then on. */
  private void start(String host, FutureTask<InetAddress[]> mine) {
    boolean isStarted = false;
    try {
      executor.execute(mine);
      isStarted = true;
    } finally {
      if (!isStarted) {
        pending.remove(host, mine);
        mine.cancel(false);
      }
    }
  }

  private InetAddress[] look(String host) throws UnknownHostException {
    try {
      return lookup.addresses(host);
    } finally {
      pending.remove(host);
    }
  }

  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static UnknownHostException unknown(String text, Throwable cause) {
    UnknownHostException unknown = new UnknownHostException(text);
    unknown.initCause(cause);
    return unknown;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    threads.close();
  }
}
