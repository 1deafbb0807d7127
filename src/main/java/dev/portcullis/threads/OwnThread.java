/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.threads;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Does one thing on a thread that ends with it. Libraries leave objects in thread locals, and the
 * threads of a container outlive the application: what they keep keeps its class loader.
 */
public final class OwnThread {

  private OwnThread() {}

  /**
   * Does it, and waits for it. The thread finds the classes that the caller finds.
   *
   * @param name of the thread
   * @throws ExecutionException with what the step throws
   */
  public static <T> T call(String name, Callable<T> step) throws ExecutionException {
    try (BackgroundThreads threads = new BackgroundThreads(name)) {
      FutureTask<T> task = new FutureTask<>(step);
      Thread thread = threads.newThread(task);
      thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
      thread.start();
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at the start", e);
    }
  }
}
