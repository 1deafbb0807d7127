/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.threads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Daemon threads of one name that belong to the application and end with it: when {@link #close()}
 * returns they are gone, so that a container that looks at once finds none. Safe for use by several
 * threads.
 */
public final class BackgroundThreads implements ThreadFactory, AutoCloseable {

  /**
   * How long the end of all threads is waited for. One that no one can interrupt may last longer.
   */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final String name;
  private final ThreadFactory maker;
  private final List<Thread> threads = new ArrayList<>();

  /** Makes threads of that name, which inherit nothing of the request whose thread makes them. */
  public BackgroundThreads(String name) {
    this(name, work -> new Thread(null, work, name, 0, false));
  }

  /** Gives threads that are made elsewhere that name. */
  public BackgroundThreads(String name, ThreadFactory maker) {
    this.name = name;
    this.maker = maker;
  }

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = maker.newThread(work);
    thread.setName(name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((ended, fault) -> Repeated.tell(name, fault));
    thread.setContextClassLoader(BackgroundThreads.class.getClassLoader());
    remember(thread);
    return thread;
  }

  private synchronized void remember(Thread thread) {
    threads.removeIf(other -> other.getState() == Thread.State.TERMINATED);
    threads.add(thread);
  }

  /** Interrupts all threads, and waits for them to end, in bounded time. */
  @Override
  public void close() {
    List<Thread> ending = all();
    ending.forEach(Thread::interrupt);
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (Thread thread : ending) {
        thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // who is in a hurry waits no longer
    }
  }

  private synchronized List<Thread> all() {
    threads.removeIf(thread -> thread == Thread.currentThread());
    return List.copyOf(threads);
  }
}
