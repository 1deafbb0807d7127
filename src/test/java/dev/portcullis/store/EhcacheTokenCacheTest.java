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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store keeps, and what it drops. */
class EhcacheTokenCacheTest {

  private static final int MOST = 1000;

  private final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - 1);
  private final CachedAnswer answer = answer(60);
  private final EhcacheTokenCache cache = new EhcacheTokenCache(MOST, 64 << 20, ticker::get);

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

  @Test
  @DisplayName("FLD-31: no more octets than were allowed, and not many less")
  void octets_areBounded() {
    EhcacheTokenCache small = new EhcacheTokenCache(1_000_000, 1 << 20, ticker::get);
    for (int i = 0; i < 1000; i++) {
      small.put(key("t." + i), large(8_000, "\"client_id\":\"c\""));
    }
    assertTrue(small.size() <= (1 << 20) / 8_000, "there are " + small.size());
    assertTrue(small.size() >= (1 << 20) / 10_000, "there are only " + small.size());
    assertTrue(small.get(key("t.999")).isPresent());
    for (int i = 0; i < 1000; i++) {
      small.remove(key("t." + i));
    }
    for (int i = 0; i < 20; i++) {
      small.put(key("u." + i), large(8_000, "\"client_id\":\"c\""));
    }
    assertEquals(20, small.size(), "what goes makes room");
  }

  @ParameterizedTest
  @DisplayName("FLD-31: an answer larger than a hundredth is not kept, nor the one before it")
  @CsvSource({"10485, true", "10486, false"})
  void largeAnswer_isNotKept(int octets, boolean isKept) {
    EhcacheTokenCache small = new EhcacheTokenCache(1_000_000, 1 << 20, ticker::get);
    small.put(key("t"), answer);
    small.put(key("t", "a"), answer);
    small.put(key("t"), large(octets, ""));
    assertEquals(isKept, small.get(key("t")).isPresent());
    assertTrue(small.get(key("t", "a")).isPresent());
  }

  @Test
  @DisplayName("FLD-31: many small values weigh more than their text")
  void manyValues_weighWhatTheyTake() {
    String roles = IntStream.range(0, 500).mapToObj(i -> "1").collect(Collectors.joining(","));
    EhcacheTokenCache small = new EhcacheTokenCache(1_000_000, 1 << 20, ticker::get);
    for (int i = 0; i < 1000; i++) {
      small.put(key("t." + i), answer("\"roles\":[" + roles + "]"));
    }
    assertTrue(small.size() <= (1 << 20) / (500 * 64), "there are " + small.size());
    String scope = "s ".repeat(500);
    EhcacheTokenCache other = new EhcacheTokenCache(1_000_000, 1 << 20, ticker::get);
    for (int i = 0; i < 1000; i++) {
      other.put(key("t." + i), answer("\"scope\":\"" + scope + "\""));
    }
    assertTrue(other.size() <= (1 << 20) / (500 * 64), "there are " + other.size());
  }

  @ParameterizedTest
  @DisplayName("FLD-31: a client with many or large answers displaces its own only")
  @ValueSource(strings = {"client_id", "sub"})
  void greedyClient_displacesItself(String member) {
    EhcacheTokenCache small = new EhcacheTokenCache(500, 1 << 20, ticker::get);
    for (int i = 0; i < 100; i++) {
      small.put(key("good." + i), answer("\"" + member + "\":\"good." + i % 10 + "\""));
    }
    for (int i = 0; i < 1000; i++) {
      small.put(key("large." + i), large(9_000, "\"" + member + "\":\"greedy\""));
    }
    for (int i = 0; i < 1000; i++) {
      small.put(key("many." + i), answer("\"" + member + "\":\"busy\""));
    }
    long good =
        IntStream.range(0, 100).filter(i -> small.get(key("good." + i)).isPresent()).count();
    assertEquals(100, good);
    assertTrue(small.get(key("large.999")).isPresent());
    assertTrue(small.get(key("many.999")).isPresent());
    assertTrue(small.size() <= 500);
  }

  @Test
  @DisplayName("FLD-32: a token has at most 32 answers, the oldest of its own go first")
  void manyAudiences_displaceThoseOfTheirToken() {
    for (int i = 0; i < 900; i++) {
      cache.put(key("t." + i), answer);
    }
    for (int i = 0; i < 32; i++) {
      cache.put(key("t", "a." + i), answer);
    }
    assertEquals(932, cache.size());
    cache.put(key("t", "a.0"), answer); // asked again: now the newest
    cache.put(key("t", "a.32"), answer);
    assertTrue(cache.get(key("t", "a.0")).isPresent());
    assertEquals(Optional.empty(), cache.get(key("t", "a.1")));
    for (int i = 0; i < 600; i++) {
      cache.put(key("t", "b." + i), answer);
    }
    assertEquals(932, cache.size());
    assertEquals(900, count(0, 900));
    for (int i = 0; i < 600; i++) {
      assertEquals(i >= 568, cache.get(key("t", "b." + i)).isPresent());
    }
  }

  @Test
  @DisplayName("FLD-31: what is over does not stay for want of something new")
  void overAnswers_goWithTheNextOne() {
    for (int i = 0; i < 10; i++) {
      cache.put(key("t." + i), answer(60));
    }
    ticker.addAndGet(Duration.ofSeconds(60).toNanos() - 1);
    cache.put(key("u"), answer(60));
    assertEquals(11, cache.size());
    ticker.addAndGet(1);
    for (int i = 0; i < 10; i++) {
      cache.put(key("v." + i), answer(60));
    }
    assertEquals(11, cache.size());
    assertEquals(0, count(0, 10));
  }

  private CachedAnswer answer(String members) {
    return new CachedAnswer(Tokens.active(members), ticker.get(), Duration.ofSeconds(60));
  }

  /** An answer of that many octets. */
  private CachedAnswer large(int octets, String members) {
    String more = members.isEmpty() ? "" : members + ",";
    String text = "{\"active\":true," + more + "\"x\":\"\"}";
    return answer(more + "\"x\":\"" + "x".repeat(octets - text.length()) + "\"");
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

  private CachedAnswer answer(long seconds) {
    return new CachedAnswer(Tokens.active(""), ticker.get(), Duration.ofSeconds(seconds));
  }
}
