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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets those who ask the same at the same time share one question and its outcome, where answers
 * are remembered at all. A failure is shared too, and not kept. Safe for use by several threads.
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
  private final Duration timeout;
  private final ConcurrentMap<CacheKey, CompletableFuture<Outcome>> running =
      new ConcurrentHashMap<>();

  /**
   * Makes an introspector.
   *
   * @param timeout longest time that anybody waits for somebody else's question
   */
  public SharedTokenIntrospector(CachingTokenIntrospector source, Duration timeout) {
    this.source = source;
    this.timeout = timeout;
  }

  @Override
  public Optional<TokenInfo> known(TokenQuery query) {
    return source.known(query);
  }

  @Override
  public TokenInfo introspect(TokenQuery query) throws UnavailableException {
    return isShared(query) ? share(query) : source.introspect(query);
  }

  /**
   * Who asks anew for every request does not join a question that was asked before his request
   * came: its answer may be from before the token was revoked.
   */
  private boolean isShared(TokenQuery query) {
    return source.remembersActive() && query.timeToLive().filter(Duration::isZero).isEmpty();
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

  private TokenInfo share(TokenQuery query) throws UnavailableException {
    CacheKey key = CacheKey.of(query);
    CompletableFuture<Outcome> mine = new CompletableFuture<>();
    CompletableFuture<Outcome> theirs = running.putIfAbsent(key, mine);
    return theirs == null ? ask(query, key, mine) : await(theirs);
  }

  /** Asks, and tells those who wait: of any end, a fault included. */
  private TokenInfo ask(TokenQuery query, CacheKey key, CompletableFuture<Outcome> question)
      throws UnavailableException {
    Outcome outcome = Outcome.of(new UnavailableException(Reason.INTERNAL_ERROR, SOON, ""));
    try {
      outcome = outcome(query);
      return outcome.get();
    } finally {
      running.remove(key, question);
      question.complete(outcome);
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
      throw new IllegalStateException("a question never ends with an exception", e);
    }
  }
}
