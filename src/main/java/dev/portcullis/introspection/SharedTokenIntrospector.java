/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.oauth.TokenDigest;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.TokenIntrospector;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.oauth.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Lets those who ask the same at the same time share one question and its outcome, where answers
 * are remembered at all, and asks again in the background before a remembered answer runs out that
 * is still in use. A failure is shared too, and not kept. Safe for use by several threads.
 */
public final class SharedTokenIntrospector implements TokenIntrospector {

  private final CachingTokenIntrospector source;
  private final WaitingRoom room;
  private final Renewals renewals;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<CacheKey, Question> running = new ConcurrentHashMap<>();

  /**
   * Makes an introspector.
   *
   * @param waiting how many may wait
   * @param renewals where answers are renewed; closed by who made it
   * @param timeout longest time that anybody waits for somebody else's question
   * @param nanoTime a ticker that no one sets back, such as {@code System::nanoTime}
   */
  public SharedTokenIntrospector(
      CachingTokenIntrospector source,
      WaitingSettings waiting,
      Renewals renewals,
      Duration timeout,
      LongSupplier nanoTime) {
    this.source = source;
    this.room = new WaitingRoom(waiting);
    this.renewals = renewals;
    this.timeout = timeout;
    this.nanoTime = nanoTime;
  }

  @Override
  public Optional<TokenInfo> known(TokenQuery query) {
    Optional<CachedAnswer> answer = source.fresh(query);
    if (answer.isPresent() && source.isEnding(answer.get(), query)) {
      renew(answer.get(), query);
    }
    return answer.map(CachedAnswer::info);
  }

  @Override
  public TokenInfo introspect(TokenQuery query) throws UnavailableException {
    CacheKey key = CacheKey.of(query);
    Optional<Question> theirs = running(query, key);
    if (theirs.isEmpty() && room.enter()) {
      try {
        Question mine = new Question(nanoTime.getAsLong());
        theirs = isShared(query) ? begin(mine, query, key) : Optional.empty();
        if (theirs.isEmpty()) {
          return mine.ask(() -> source.introspect(query), () -> running.remove(key, mine));
        }
      } finally {
        room.leave();
      }
    }
    Question question = theirs.or(() -> running(query, key)).orElseThrow(WaitingRoom::full);
    return room.follow(question, timeout);
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

  /**
   * Who asks anew for every request does not join a question that was asked before his request
   * came: its answer may be from before the token was revoked.
   */
  private boolean isShared(TokenQuery query) {
    return source.remembersActive() && query.timeToLive().filter(Duration::isZero).isEmpty();
  }

  /** A question that is under way, if it may be joined: one that is not too old for that. */
  private Optional<Question> running(TokenQuery query, CacheKey key) {
    return isShared(query)
        ? Optional.ofNullable(running.get(key)).filter(question -> isJoined(question, query))
        : Optional.empty();
  }

  private boolean isJoined(Question question, TokenQuery query) {
    return question.isFreshAt(nanoTime.getAsLong(), query.timeToLive());
  }

  /** Lets others join a question from now on, unless there is another one to join: that one. */
  private Optional<Question> begin(Question mine, TokenQuery query, CacheKey key) {
    Question joined =
        running.merge(key, mine, (theirs, own) -> isJoined(theirs, query) ? theirs : own);
    return joined == mine ? Optional.empty() : Optional.of(joined);
  }

  private void renew(CachedAnswer answer, TokenQuery query) {
    if (answer.claimRenewal() && !renewals.begin(() -> renew(query))) {
      answer.releaseRenewal();
    }
  }

  /** Asks, unless somebody does already. */
  private void renew(TokenQuery query) {
    CacheKey key = CacheKey.of(query);
    Question mine = new Question(nanoTime.getAsLong());
    if (running.putIfAbsent(key, mine) == null) {
      try {
        mine.ask(() -> source.renew(query), () -> running.remove(key, mine));
      } catch (UnavailableException failure) {
        // The answer that is there is used to its own end, and the fault was logged.
      }
    }
  }
}
