/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.TokenDigest;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.TokenIntrospector;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.oauth.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks on threads of its own, so that nobody waits longer than the overall time-out whatever the
 * authorization server, the network or the name look-up does. Where answers are remembered, those
 * who ask the same at the same time share one question and its outcome; a failure is shared too,
 * and not kept. Safe for use by several threads.
 */
public final class SharedTokenIntrospector implements TokenIntrospector {

  private static final Duration SOON = Duration.ofSeconds(1);

  /** How a question ended: one of the two is there. */
  private record Outcome(Optional<TokenInfo> info, Optional<UnavailableException> failure) {

    static Outcome of(UnavailableException failure) {
      return new Outcome(Optional.empty(), Optional.of(failure));
    }

    TokenInfo get() throws UnavailableException {
      if (failure.isPresent()) {
        throw failure.get();
      }
      return info.orElseThrow();
    }
  }

  private final CachingTokenIntrospector source;
  private final Executor executor;
  private final Duration timeout;
  private final ConcurrentMap<CacheKey, CompletableFuture<Outcome>> running =
      new ConcurrentHashMap<>();

  /**
   * Makes an introspector.
   *
   * @param executor the threads that ask; may refuse
   * @param timeout longest time that anybody waits
   */
  public SharedTokenIntrospector(
      CachingTokenIntrospector source, Executor executor, Duration timeout) {
    this.source = source;
    this.executor = executor;
    this.timeout = timeout;
  }

  @Override
  public Optional<TokenInfo> known(TokenQuery query) {
    return source.known(query);
  }

  @Override
  public TokenInfo introspect(TokenQuery query) throws UnavailableException {
    return await(source.remembersActive() ? join(query) : ask(query));
  }

  /**
   * Forgets all answers; a question that is under way is not joined any more and not remembered.
   */
  public void purge() {
    running.clear();
    source.purge();
  }

  /** Forgets the answers about one token. */
  public void purge(TokenDigest token) {
    running.keySet().removeIf(key -> key.token().equals(token));
    source.purge(token);
  }

  private CompletableFuture<Outcome> join(TokenQuery query) {
    CacheKey key = CacheKey.of(query);
    CompletableFuture<Outcome> mine = new CompletableFuture<>();
    CompletableFuture<Outcome> theirs = running.putIfAbsent(key, mine);
    if (theirs != null) {
      return theirs;
    }
    submit(query, mine, () -> running.remove(key, mine));
    return mine;
  }

  private CompletableFuture<Outcome> ask(TokenQuery query) {
    CompletableFuture<Outcome> question = new CompletableFuture<>();
    submit(query, question, () -> {});
    return question;
  }

  private void submit(TokenQuery query, CompletableFuture<Outcome> question, Runnable atEnd) {
    try {
      executor.execute(() -> answer(query, question, atEnd));
    } catch (RejectedExecutionException e) {
      atEnd.run();
      question.complete(
          Outcome.of(new UnavailableException(Reason.OVERLOADED, SOON, "http.max-waiting")));
    }
  }

  /**
   * Whoever waits learns of any end, an Error included; and nobody joins a question that has ended.
   */
  private void answer(TokenQuery query, CompletableFuture<Outcome> question, Runnable atEnd) {
    try {
      Outcome outcome = outcome(query);
      atEnd.run();
      question.complete(outcome);
    } catch (Throwable fault) {
      atEnd.run();
      question.completeExceptionally(fault);
    }
  }

  private Outcome outcome(TokenQuery query) {
    try {
      return new Outcome(Optional.of(source.introspect(query)), Optional.empty());
    } catch (UnavailableException failure) {
      return Outcome.of(failure);
    }
  }

  private TokenInfo await(CompletableFuture<Outcome> question) throws UnavailableException {
    try {
      return question.get(timeout.toNanos(), TimeUnit.NANOSECONDS).get();
    } catch (TimeoutException e) {
      throw new UnavailableException(Reason.AS_UNAVAILABLE, SOON, "http.overall-timeout");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(Reason.AS_UNAVAILABLE, SOON, "");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question about a token ended unexpectedly", e.getCause());
    }
  }
}
