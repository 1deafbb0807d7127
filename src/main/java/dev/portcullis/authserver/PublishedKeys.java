/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.http.Deadline;
import dev.portcullis.json.JsonObject;
import dev.portcullis.threads.BackgroundThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The keys that the authorization server publishes, fetched when they are first needed. They are
 * fetched again in the background once they are five minutes old, or when a signature fits none of
 * them, but at most once in 30 seconds: nobody can make us ask more often by naming keys that do
 * not exist. All who need them share one fetch, on a thread of its own, so that nobody waits longer
 * than he can. What cannot be had is told, and the last good set stays in use. Safe for use by
 * several threads.
 */
public final class PublishedKeys implements AutoCloseable {

  private static final long OLD = Duration.ofMinutes(5).toNanos();
  private static final long REST = Duration.ofSeconds(30).toNanos();

  /** While there are no keys at all nothing can be answered, and waiting helps no one. */
  private static final long SHORT_REST = Duration.ofSeconds(1).toNanos();

  private final Supplier<Optional<URI>> place;
  private final BackgroundThreads threads = new BackgroundThreads("portcullis-keys");
  private final DocumentClient documents;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final ThrottledLog log;
  private volatile KeySet current = KeySet.NONE;
  private Optional<Fetch> last = Optional.empty();
  private boolean closed;

  /** One attempt. */
  private record Fetch(long beganAt, CountDownLatch done) {

    boolean isUnderWay() {
      return done.getCount() > 0;
    }
  }

  /**
   * Makes them; nothing is fetched yet.
   *
   * @param place where they are published, as far as that is known at a moment
   * @param timeout for one attempt
   */
  public PublishedKeys(
      Supplier<Optional<URI>> place, DocumentClient documents, Duration timeout, Timing timing) {
    this(place, documents, timeout, timing, System.getLogger(PublishedKeys.class.getPackageName()));
  }

  PublishedKeys(
      Supplier<Optional<URI>> place,
      DocumentClient documents,
      Duration timeout,
      Timing timing,
      Logger logger) {
    this.place = place;
    this.documents = documents;
    this.timeout = timeout;
    this.nanoTime = timing.nanoTime();
    this.log = new ThrottledLog(logger, timing.nanoTime());
  }

  /** The keys at hand, without waiting. */
  public synchronized KeySet current() {
    if (current != KeySet.NONE && isOver(OLD)) {
      begin();
    }
    return current;
  }

  /**
   * Newer keys, as the ones at hand were of no use.
   *
   * @param known the keys at hand
   * @param atMost how long to wait for them
   * @return the same if there are none, or not in time
   */
  public KeySet newerThan(KeySet known, Duration atMost) {
    Optional<Fetch> awaited = awaited(known);
    if (awaited.isPresent()) {
      await(awaited.get(), atMost);
    }
    return current;
  }

  private synchronized Optional<Fetch> awaited(KeySet known) {
    if (current != known) {
      return Optional.empty();
    }
    if (isOver(known == KeySet.NONE ? SHORT_REST : REST)) {
      begin();
    }
    return last.filter(Fetch::isUnderWay);
  }

  private boolean isOver(long rest) {
    return last.isEmpty()
        || (!last.get().isUnderWay() && nanoTime.getAsLong() - last.get().beganAt() >= rest);
  }

  private void begin() {
    if (closed) {
      return;
    }
    Fetch fetch = new Fetch(nanoTime.getAsLong(), new CountDownLatch(1));
    last = Optional.of(fetch);
    boolean isStarted = false;
    try {
      threads.newThread(() -> run(fetch)).start();
      isStarted = true;
    } finally {
      if (!isStarted) {
        fetch.done().countDown(); // nobody waits for what no thread can be had for
      }
    }
  }

  private void run(Fetch fetch) {
    try {
      current = fetch();
    } catch (DocumentException e) {
      complain(e.problem(), e.setting());
    } catch (RuntimeException | Error e) {
      complain(e.getClass().getName(), IntrospectionJwtSettings.KEY_SET);
    } finally {
      fetch.done().countDown();
    }
  }

  private KeySet fetch() throws DocumentException {
    String setting = IntrospectionJwtSettings.KEY_SET;
    URI url = place.get().orElseThrow(() -> new DocumentException("no place is known", setting));
    JsonObject document =
        documents.fetch(url, DocumentClient.Kind.KEY_SET, setting, Deadline.in(timeout, nanoTime));
    KeySet found =
        KeySet.of(document).orElseThrow(() -> new DocumentException("it is no JWK set", setting));
    if (found.size() == 0) {
      complain("no key of the set can verify a signature", setting);
    }
    return found;
  }

  private synchronized void complain(String problem, String setting) {
    if (!closed) {
      log.log(
          Level.ERROR,
          setting,
          "No keys from the authorization server: " + problem + ". See " + setting + ".");
    }
  }

  private static void await(Fetch fetch, Duration atMost) {
    try {
      boolean unused = fetch.done().await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever waits goes on with what there is
    }
  }

  /** Begins no further fetch. One that is under way may end with what it is sent by. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    threads.close();
  }
}
