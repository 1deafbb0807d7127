/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import dev.portcullis.api.ReplayStore;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.dpop.ReplayStoreClass;
import dev.portcullis.threads.BackgroundThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A record of used proofs of the user's, called by threads of ours: however long it takes, a
 * request waits for a bounded time, and a bounded number of requests do. Safe for use by several
 * threads.
 */
public final class BoundedReplayStore implements ReplayStore {

  /** How long a call may take. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How many calls may be under way. */
  static final int CALLS = 64;

  private static final Logger LOG = System.getLogger(BoundedReplayStore.class.getName());
  private static final long IDLE_SECONDS = 30;

  private final ReplayStore store;
  private final Duration patience;
  private final BackgroundThreads threads = new BackgroundThreads("portcullis-replay-store");
  private final ExecutorService calls =
      new ThreadPoolExecutor(
          0, CALLS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);

  BoundedReplayStore(ReplayStore store, Duration patience) {
    this.store = store;
    this.patience = patience;
  }

  /**
   * Makes a store of the class and opens it.
   *
   * @throws InvalidConfigurationException if it cannot be opened
   */
  public static BoundedReplayStore open(ReplayStoreClass declared)
      throws InvalidConfigurationException {
    try {
      ReplayStore store = declared.constructor().newInstance();
      BoundedReplayStore bounded = new BoundedReplayStore(store, PATIENCE);
      bounded.openOrClose(declared.settings());
      return bounded;
    } catch (InvocationTargetException e) {
      throw unusable(declared, Optional.ofNullable(e.getCause()).orElse(e));
    } catch (Exception | LinkageError e) {
      throw unusable(declared, e);
    }
  }

  /** What could not be opened may hold something all the same. */
  private void openOrClose(Map<String, String> settings) throws Exception {
    boolean isOpen = false;
    try {
      store.open(settings);
      isOpen = true;
    } finally {
      if (!isOpen) {
        close();
      }
    }
  }

  @Override
  public Outcome register(String id, Instant until) throws Exception {
    Future<Outcome> call = calls.submit(() -> store.register(id, until));
    try {
      return Objects.requireNonNull(call.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw e;
    } finally {
      call.cancel(true);
    }
  }

  @Override
  public void close() {
    FutureTask<Void> closing = new FutureTask<>(store::close, null);
    threads.newThread(closing).start();
    try {
      closing.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      warn(Optional.ofNullable(e.getCause()).orElse(e));
    } catch (TimeoutException e) {
      warn(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // who is in a hurry waits no longer
    } finally {
      calls.shutdownNow();
      threads.close();
    }
  }

  private void warn(Throwable fault) {
    LOG.log(
        Level.WARNING,
        "{0} does not close: {1}",
        store.getClass().getName(),
        fault.getClass().getName());
  }

  private static InvalidConfigurationException unusable(
      ReplayStoreClass declared, Throwable fault) {
    return new InvalidConfigurationException(
        List.of(
            "dpop.replay-store: '"
                + declared.name()
                + "' cannot be opened: "
                + fault.getClass().getName()));
  }
}
