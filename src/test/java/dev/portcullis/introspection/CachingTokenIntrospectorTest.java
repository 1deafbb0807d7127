/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import static dev.portcullis.oauth.Tokens.NOW;
import static dev.portcullis.oauth.Tokens.T;
import static dev.portcullis.oauth.Tokens.active;
import static dev.portcullis.oauth.Tokens.inactive;
import static dev.portcullis.oauth.Tokens.info;
import static dev.portcullis.oauth.Tokens.query;
import static dev.portcullis.oauth.Tokens.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.Tokens;
import dev.portcullis.oauth.UnavailableException;
import dev.portcullis.store.EhcacheTokenCache;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered and for how long, on a ticker that the tests move. */
class CachingTokenIntrospectorTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - SECOND.toNanos());
  private final TokenCache active = new EhcacheTokenCache(100, 64 << 20, ticker::get);
  private final TokenCache inactive = new EhcacheTokenCache(100, 64 << 20, ticker::get);
  private final TokenInfo good = active("\"sub\":\"a\"");
  private final ScriptedIntrospector server = new ScriptedIntrospector(query -> good);

  @AfterEach
  void close() {
    active.close();
    inactive.close();
  }

  @Test
  @DisplayName("CAC-01: the same token twice is asked about once")
  void activeToken_isRemembered() throws Exception {
    CachingTokenIntrospector cache = cache();
    assertEquals(Optional.empty(), cache.known(query("t")));
    assertSame(good, cache.introspect(query("t")));
    assertSame(good, cache.introspect(query("t")));
    assertEquals(Optional.of(good), cache.known(query("t")));
    assertEquals(1, server.calls());
  }

  @Test
  @DisplayName("CAC-01: an answer that comes late does not replace one that was asked for later")
  void lateAnswer_isNotKept() throws Exception {
    CachingTokenIntrospector later = cache();
    ScriptedIntrospector slow =
        new ScriptedIntrospector(
            query -> {
              pass(SECOND);
              later.introspect(query);
              return good;
            });
    server.says(query -> Tokens.inactive());
    CachingTokenIntrospector earlier =
        new CachingTokenIntrospector(slow, Caches.settings(), active, inactive, ticker::get);

    assertSame(good, earlier.introspect(query("t")));

    assertEquals(Optional.of(false), earlier.known(query("t")).map(TokenInfo::isActive));
  }

  @Test
  @DisplayName("CAC-01: at the end of its time to live an answer is not used any more")
  void answer_endsWithItsTime() throws Exception {
    CachingTokenIntrospector cache = cache();
    cache.introspect(query("t"));
    pass(Duration.ofSeconds(30).minusNanos(1));
    assertTrue(cache.known(query("t")).isPresent());
    pass(Duration.ofNanos(1));
    assertEquals(Optional.empty(), cache.known(query("t")));
    cache.introspect(query("t"));
    assertEquals(2, server.calls());
  }

  @Test
  @DisplayName("CAC-01: use does not prolong an answer")
  void use_doesNotProlong() throws Exception {
    CachingTokenIntrospector cache = cache();
    for (int second = 0; second < 30; second++) {
      cache.introspect(query("t"));
      pass(SECOND);
    }
    assertEquals(1, server.calls());
    assertEquals(Optional.empty(), cache.known(query("t")));
  }

  @Test
  @DisplayName("CAC-01: a time to live of zero remembers nothing")
  void zeroTimeToLive_asksEveryTime() throws Exception {
    CachingTokenIntrospector cache = cache("cache.token-time-to-live", "0");
    cache.introspect(query("t"));
    cache.introspect(query("t"));
    assertEquals(2, server.calls());
    assertEquals(0, active.size());
  }

  @Test
  @DisplayName("CAC-01: switched off it remembers nothing")
  void off_asksEveryTime() throws Exception {
    CachingTokenIntrospector cache =
        cache("cache.tokens", "false", "cache.inactive-time-to-live", "");
    cache.introspect(query("t"));
    cache.introspect(query("t"));
    server.says(query -> inactive());
    cache.introspect(query("t"));
    cache.introspect(query("t"));
    assertEquals(4, server.calls());
  }

  @Test
  @DisplayName("CAC-02: nothing is used at or beyond its exp")
  void answer_endsWithExp() throws Exception {
    server.says(query -> active("\"exp\":" + (T + 5)));
    CachingTokenIntrospector cache = cache();
    cache.introspect(query("t"));
    pass(Duration.ofSeconds(5).minusNanos(1));
    assertTrue(cache.known(query("t")).isPresent());
    pass(Duration.ofNanos(1));
    assertEquals(Optional.empty(), cache.known(query("t")));
  }

  @ParameterizedTest
  @DisplayName("CAC-02: a clock that is set back an hour, or on, prolongs nothing")
  @ValueSource(longs = {-3600, 3600})
  void wallClock_prolongsNothing(long step) throws Exception {
    server.says(query -> info("{\"active\":true,\"exp\":" + (T + 5) + "}", NOW));
    CachingTokenIntrospector cache = cache();
    cache.introspect(query("t"));
    server.says(query -> info("{\"active\":true,\"exp\":" + (T + 5) + "}", NOW.plusSeconds(step)));
    pass(Duration.ofSeconds(5));
    assertEquals(Optional.empty(), cache.known(query("t")));
    cache.introspect(query("t"));
    pass(Duration.ofSeconds(30));
    assertEquals(Optional.empty(), cache.known(query("t")));
  }

  @ParameterizedTest
  @DisplayName("CAC-02, CAC-10: an answer is as old as its question")
  @CsvSource({"19, true", "20, false"})
  void age_countsFromTheQuestion(long seconds, boolean isUsed) throws Exception {
    server.says(
        query -> {
          pass(Duration.ofSeconds(10));
          return good;
        });
    CachingTokenIntrospector cache = cache();
    cache.introspect(query("t"));
    pass(Duration.ofSeconds(seconds));
    assertEquals(isUsed, cache.known(query("t")).isPresent());
  }

  @Test
  @DisplayName("CAC-10: an answer that took longer than it may be used is not used again")
  void lateAnswer_isNotRemembered() throws Exception {
    server.says(
        query -> {
          pass(Duration.ofSeconds(30));
          return good;
        });
    CachingTokenIntrospector cache = cache();
    assertSame(good, cache.introspect(query("t")));
    assertEquals(Optional.empty(), cache.known(query("t")));
  }

  @Test
  @DisplayName("CAC-05: tokens of equal Java hash codes are two tokens")
  void equalHashCodes_areKeptApart() throws Exception {
    String one = "token.Aa";
    String other = "token.BB";
    assertEquals(one.hashCode(), other.hashCode());
    server.says(query -> query.token().reveal().equals(one) ? good : inactive());
    CachingTokenIntrospector cache = cache();
    for (int i = 0; i < 2; i++) {
      assertTrue(cache.introspect(query(one)).isActive());
      assertFalse(cache.introspect(query(other)).isActive());
    }
    assertEquals(2, server.calls());
  }

  @Test
  @DisplayName("CAC-05: the key is made of 256 bits of the whole token")
  void key_isADigestOfTheWholeToken() {
    String token = "x".repeat(8000);
    CacheKey key = CacheKey.of(query(token));
    assertEquals(43, key.token().base64Url().length());
    assertEquals(key, CacheKey.of(query(token)));
    assertFalse(key.equals(CacheKey.of(query(token.substring(1) + "y"))));
    assertFalse(key.equals(CacheKey.of(query("y" + token.substring(1)))));
    assertEquals(
        "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0", // NIST: SHA-256 of "abc"
        CacheKey.of(query("abc")).token().base64Url());
  }

  @Test
  @DisplayName("CAC-07: what is known for one audience is not known for another")
  void audiences_areKeptApart() throws Exception {
    server.says(query -> query.audience().equals(Optional.of("https://a/")) ? good : inactive());
    CachingTokenIntrospector cache = cache();
    assertTrue(cache.introspect(query("t", "https://a/")).isActive());
    assertFalse(cache.introspect(query("t", "https://b/")).isActive());
    assertFalse(cache.introspect(query("t")).isActive());
    assertTrue(cache.introspect(query("t", "https://a/")).isActive());
    assertEquals(3, server.calls());
  }

  @Test
  @DisplayName("CAC-08: a failure is not remembered")
  void failure_isNotRemembered() throws Exception {
    CachingTokenIntrospector cache = cache();
    server.says(query -> fail());
    assertThrows(UnavailableException.class, () -> cache.introspect(query("t")));
    server.says(query -> good);
    assertSame(good, cache.introspect(query("t")));
    assertEquals(2, server.calls());
  }

  @Test
  @DisplayName("CAC-08: an answer past its time does not bridge an outage")
  void staleAnswer_isNotUsedInAnOutage() throws Exception {
    CachingTokenIntrospector cache = cache();
    cache.introspect(query("t"));
    server.says(query -> fail());
    pass(Duration.ofSeconds(30).minusNanos(1));
    assertSame(good, cache.introspect(query("t")));
    pass(Duration.ofNanos(1));
    assertThrows(UnavailableException.class, () -> cache.introspect(query("t")));
  }

  @Test
  @DisplayName("CAC-09: an inactive token ten times in a second is asked about once")
  void inactiveToken_isRememberedBriefly() throws Exception {
    server.says(query -> inactive());
    CachingTokenIntrospector cache = cache();
    for (int i = 0; i < 10; i++) {
      assertFalse(cache.introspect(query("t")).isActive());
      pass(Duration.ofMillis(100));
    }
    assertEquals(1, server.calls());
    pass(Duration.ofSeconds(4).minusNanos(1));
    assertTrue(cache.known(query("t")).isPresent());
    pass(Duration.ofNanos(1));
    assertEquals(Optional.empty(), cache.known(query("t")));
    cache.introspect(query("t"));
    assertEquals(2, server.calls());
  }

  @Test
  @DisplayName("CAC-09: a million bad tokens displace no good one, and do not pile up")
  void inactiveTokens_displaceNoActiveOne() throws Exception {
    CachingTokenIntrospector cache = cache();
    for (int i = 0; i < 50; i++) {
      cache.introspect(query("good." + i));
    }
    TokenInfo bad = inactive();
    server.says(query -> bad);
    long before = usedHeap();
    for (int i = 0; i < 1_000_000; i++) {
      cache.introspect(query("bad." + i));
    }
    long grown = usedHeap() - before;
    assertTrue(grown < 8 << 20, "the heap has grown by " + grown);
    assertTrue(inactive.size() <= 100, "there are " + inactive.size());
    for (int i = 0; i < 50; i++) {
      assertTrue(cache.known(query("good." + i)).isPresent());
    }
  }

  @Test
  @DisplayName("CAC-09: inactive answers may be remembered alone")
  void inactiveOnly_remembersNoActiveOne() throws Exception {
    CachingTokenIntrospector cache = cache("cache.tokens", "false");
    cache.introspect(query("t"));
    cache.introspect(query("t"));
    assertEquals(2, server.calls());
    server.says(query -> inactive());
    cache.introspect(query("t"));
    cache.introspect(query("t"));
    assertEquals(3, server.calls());
  }

  @ParameterizedTest
  @DisplayName("CAC-10: news that a token is inactive ends what was known of it")
  @ValueSource(strings = {"5", "0"})
  void inactiveAnswer_endsTheActiveOne(String inactiveTime) throws Exception {
    CachingTokenIntrospector cache = cache("cache.inactive-time-to-live", inactiveTime);
    server.says(
        query -> {
          // Another thread has learnt meanwhile that the token is active.
          server.says(again -> good);
          cache.introspect(query("t"));
          return inactive();
        });
    assertFalse(cache.introspect(query("t")).isActive());
    assertFalse(cache.known(query("t")).filter(TokenInfo::isActive).isPresent());
  }

  @Test
  @DisplayName("CAC-11: a purge of one token, with all its audiences")
  void purgeOfAToken_forgetsIt() throws Exception {
    CachingTokenIntrospector cache = cache();
    cache.introspect(query("t"));
    cache.introspect(query("t", "https://a/"));
    cache.introspect(query("other"));
    server.says(query -> inactive());
    cache.introspect(query("t", "https://b/"));
    cache.purge(token("t").digest());
    assertEquals(Optional.empty(), cache.known(query("t")));
    assertEquals(Optional.empty(), cache.known(query("t", "https://a/")));
    assertEquals(Optional.empty(), cache.known(query("t", "https://b/")));
    assertTrue(cache.known(query("other")).isPresent());
  }

  @Test
  @DisplayName("CAC-11: a purge of everything")
  void purge_forgetsEverything() throws Exception {
    CachingTokenIntrospector cache = cache();
    cache.introspect(query("t"));
    server.says(query -> inactive());
    cache.introspect(query("other"));
    cache.purge();
    assertEquals(Optional.empty(), cache.known(query("t")));
    assertEquals(Optional.empty(), cache.known(query("other")));
  }

  @ParameterizedTest
  @DisplayName("CAC-10, CAC-11: an answer to a question from before a purge is not remembered")
  @ValueSource(booleans = {true, false})
  void answerFromBeforeAPurge_isNotRemembered(boolean all) throws Exception {
    CachingTokenIntrospector cache = cache();
    server.says(
        query -> {
          if (all) {
            cache.purge();
          } else {
            cache.purge(query.token().digest());
          }
          return good;
        });
    assertSame(good, cache.introspect(query("t")));
    assertEquals(Optional.empty(), cache.known(query("t")));
  }

  private static long usedHeap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private CachingTokenIntrospector cache(String... settings) {
    return new CachingTokenIntrospector(
        server, Caches.settings(settings), active, inactive, ticker::get);
  }

  private void pass(Duration time) {
    ticker.addAndGet(time.toNanos());
  }

  private static TokenInfo fail() throws UnavailableException {
    throw new UnavailableException(Reason.AS_UNAVAILABLE, SECOND, "");
  }
}
