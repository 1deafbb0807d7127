/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import static dev.portcullis.oauth.Tokens.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.introspection.CacheKey;
import dev.portcullis.introspection.CachedAnswer;
import dev.portcullis.oauth.Tokens;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the store keeps, and what it drops. */
class EhcacheTokenCacheTest {

  private static final int MOST = 1000;

  private final CachedAnswer answer = answer(60);
  private final EhcacheTokenCache cache = new EhcacheTokenCache(MOST);

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void answer_isKeptByReference() {
    cache.put(key("t"), answer);
    assertSame(answer, cache.get(key("t")).orElseThrow());
    assertEquals(Optional.empty(), cache.get(key("u")));
    CachedAnswer later = answer(30);
    cache.put(key("t"), later);
    assertSame(later, cache.get(key("t")).orElseThrow());
    assertEquals(1, cache.size());
  }

  @Test
  @DisplayName("CAC-07: audiences are kept apart, and forgotten together")
  void audiences_areForgottenWithTheirToken() {
    cache.put(key("t"), answer);
    cache.put(key("t", "a"), answer);
    cache.put(key("t", "b"), answer);
    cache.put(key("u", "a"), answer);
    cache.remove(key("t", "b"));
    assertEquals(Optional.empty(), cache.get(key("t", "b")));
    assertEquals(3, cache.size());
    cache.removeAll(token("t").digest());
    assertEquals(1, cache.size());
    assertTrue(cache.get(key("u", "a")).isPresent());
    cache.clear();
    assertEquals(0, cache.size());
  }

  @Test
  @DisplayName("CAC-09: no more than were allowed, the oldest gone")
  void manyTokens_leaveAsManyAsAllowed() {
    for (int i = 0; i < 100 * MOST; i++) {
      cache.put(key("t." + i), answer);
    }
    assertTrue(cache.size() <= MOST, "there are " + cache.size());
    assertTrue(cache.size() > MOST / 2, "there are only " + cache.size());
    assertTrue(count(0, 90 * MOST) < MOST / 10, "old ones stay");
  }

  @Test
  @DisplayName("CAC-09: what is used stays when the store is full, as a rule")
  void usedAnswers_stay() {
    for (int i = 0; i < 10 * MOST; i++) {
      cache.put(key("t." + i), answer);
      if (i >= 10) {
        count(0, 10);
      }
    }
    assertTrue(count(0, 10) >= 5, "it evicts at random");
  }

  private long count(int from, int to) {
    return IntStream.range(from, to).filter(i -> cache.get(key("t." + i)).isPresent()).count();
  }

  private static CacheKey key(String token) {
    return new CacheKey(token(token).digest(), Optional.empty());
  }

  private static CacheKey key(String token, String audience) {
    return new CacheKey(token(token).digest(), Optional.of(audience));
  }

  private static CachedAnswer answer(long seconds) {
    return new CachedAnswer(Tokens.active(""), System.nanoTime(), Duration.ofSeconds(seconds));
  }
}
