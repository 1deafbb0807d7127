/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import static dev.portcullis.oauth.Tokens.active;
import static dev.portcullis.oauth.Tokens.inactive;
import static dev.portcullis.oauth.Tokens.query;
import static dev.portcullis.oauth.Tokens.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.oauth.UnavailableException;
import dev.portcullis.store.EhcacheTokenCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many who ask at the same time. */
class SharedTokenIntrospectorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - 1);
  private final TokenCache active = new EhcacheTokenCache(100, 64 << 20, ticker::get);
  private final TokenCache inactive = new EhcacheTokenCache(100, 64 << 20, ticker::get);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Renewals renewals = new Renewals(50);
  private WaitingSettings waiting = new WaitingSettings(64, 1000);
  private final TokenInfo good = active("\"sub\":\"a\"");
  private final ScriptedIntrospector server = new ScriptedIntrospector(query -> good);

  @AfterEach
  void close() {
    gate.countDown();
    renewals.close();
    active.close();
    inactive.close();
  }

  @Test
  @DisplayName("INT-31: a hundred who ask the same share one question")
  void sameQuestions_areOne() throws Exception {
    server.says(query -> afterTheGate(good));
    SharedTokenIntrospector shared = shared(PATIENCE);
    List<Asking> all = ask(shared, 100, query("t"));
    awaitAllWaiting(all);
    gate.countDown();
    for (Asking asking : all) {
      assertSame(good, asking.answer());
    }
    assertEquals(1, server.calls());
  }

  @Test
  @DisplayName("INT-31: each of two tokens gets its own answer")
  void twoTokens_areNotMixed() throws Exception {
    TokenInfo other = active("\"sub\":\"b\"");
    server.says(query -> afterTheGate(query.token().reveal().equals("t") ? good : other));
    SharedTokenIntrospector shared = shared(PATIENCE);
    List<Asking> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.addAll(ask(shared, 1, query("t")));
      all.addAll(ask(shared, 1, query("u")));
    }
    awaitAllWaiting(all);
    gate.countDown();
    for (int i = 0; i < all.size(); i++) {
      assertSame(i % 2 == 0 ? good : other, all.get(i).answer());
    }
    assertEquals(2, server.calls());
  }

  @Test
  @DisplayName("INT-31, CAC-07: the same token at two resources is two questions")
  void twoAudiences_areNotMixed() throws Exception {
    server.says(
        query -> afterTheGate(query.audience().equals(Optional.of("a")) ? good : inactive()));
    SharedTokenIntrospector shared = shared(PATIENCE);
    List<Asking> all = new ArrayList<>(ask(shared, 1, query("t", "a")));
    all.addAll(ask(shared, 1, query("t", "b")));
    awaitAllWaiting(all);
    gate.countDown();
    assertTrue(all.get(0).answer().isActive());
    assertEquals(false, all.get(1).answer().isActive());
  }

  @Test
  @DisplayName("INT-31, CAC-08: a failure is delivered to all and kept for none")
  void failure_isSharedAndNotKept() throws Exception {
    server.says(
        query -> {
          afterTheGate(good);
          throw new UnavailableException(Reason.AS_BAD_RESPONSE, Duration.ofSeconds(7), "key");
        });
    SharedTokenIntrospector shared = shared(PATIENCE);
    List<Asking> all = ask(shared, 20, query("t"));
    awaitAllWaiting(all);
    gate.countDown();
    for (Asking asking : all) {
      UnavailableException failure = asking.failure();
      assertEquals(Reason.AS_BAD_RESPONSE, failure.reason());
      assertEquals(Duration.ofSeconds(7), failure.retryAfter());
      assertEquals("key", failure.setting());
    }
    assertEquals(1, server.calls());
    server.says(query -> good);
    assertSame(good, shared.introspect(query("t")));
    assertEquals(2, server.calls());
  }

  @Test
  @DisplayName("INT-31: a fault leaves nobody waiting")
  void fault_isToldToThoseWhoWait() throws Exception {
    server.says(
        query -> {
          afterTheGate(good);
          throw new IllegalStateException("fault");
        });
    SharedTokenIntrospector shared = shared(PATIENCE);
    List<Asking> first = ask(shared, 1, query("t"));
    awaitAllWaiting(first);
    List<Asking> others = ask(shared, 3, query("t"));
    awaitAllWaiting(others);
    gate.countDown();
    for (Asking asking : others) {
      assertEquals(Reason.INTERNAL_ERROR, asking.failure().reason());
    }
    Throwable fault = assertThrows(ExecutionException.class, first.get(0)::answer).getCause();
    assertEquals(IllegalStateException.class, fault.getClass());
    server.says(query -> good);
    assertSame(good, shared.introspect(query("t")));
  }

  @Test
  @DisplayName("INT-31: nobody waits longer for another's question than for his own")
  void waiting_hasAnEnd() throws Exception {
    server.says(query -> afterTheGate(good));
    SharedTokenIntrospector shared = shared(Duration.ofMillis(50));
    List<Asking> first = ask(shared, 1, query("t"));
    awaitAllWaiting(first);
    UnavailableException failure =
        assertThrows(UnavailableException.class, () -> shared.introspect(query("t")));
    assertEquals(Reason.AS_UNAVAILABLE, failure.reason());
    assertEquals("http.overall-timeout", failure.setting());
    assertEquals(1, server.calls());
    gate.countDown();
    assertSame(good, first.get(0).answer());
  }

  @Test
  @DisplayName("CAC-11: after a purge nobody joins a question from before it")
  void purge_endsJoining() throws Exception {
    server.says(query -> afterTheGate(good));
    SharedTokenIntrospector shared = shared(PATIENCE);
    List<Asking> first = ask(shared, 1, query("t"));
    awaitAllWaiting(first);
    shared.purge(token("t").digest());
    server.says(query -> inactive());
    assertEquals(false, shared.introspect(query("t")).isActive());
    gate.countDown();
    assertSame(good, first.get(0).answer());
    assertEquals(
        Optional.of(false), shared.known(query("t")).map(TokenInfo::isActive), "the news stays");
    shared.purge();
    assertEquals(Optional.empty(), shared.known(query("t")));
  }

  @Test
  @DisplayName("INT-31: nothing is shared where nothing is to be remembered")
  void off_sharesNothing() throws Exception {
    server.says(query -> afterTheGate(good));
    SharedTokenIntrospector shared =
        shared(PATIENCE, "cache.tokens", "false", "cache.inactive-time-to-live", "");
    List<Asking> all = ask(shared, 5, query("t"));
    awaitAllWaiting(all);
    assertEquals(5, server.calls());
    gate.countDown();
    for (Asking asking : all) {
      assertSame(good, asking.answer());
    }
  }

  @Test
  @DisplayName("CAC-01: a rule that asks anew for every request joins no older question")
  void timeToLiveOfZero_joinsNoOlderQuestion() throws Exception {
    server.says(query -> afterTheGate(good));
    SharedTokenIntrospector shared = shared(PATIENCE);
    List<Asking> lax = ask(shared, 1, query("t"));
    awaitAllWaiting(lax);
    server.says(query -> inactive()); // revoked meanwhile
    TokenQuery strict =
        new TokenQuery(token("t"), Optional.empty(), "exchange", Optional.of(Duration.ZERO));
    List<Asking> anew = ask(shared, 1, strict);
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!anew.get(0).task().isDone() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    gate.countDown();
    assertEquals(false, anew.get(0).answer().isActive());
    assertSame(good, lax.get(0).answer());
    assertEquals(2, server.calls());
  }

  @Test
  @DisplayName("FLD-29: who follows takes no place of those who ask")
  void followers_areCountedApart() throws Exception {
    waiting = new WaitingSettings(2, 3);
    server.says(query -> afterTheGate(good));
    SharedTokenIntrospector shared = shared(PATIENCE);
    List<Asking> all = ask(shared, 1, query("t"));
    awaitAllWaiting(all);
    List<Asking> following = ask(shared, 3, query("t"));
    awaitAllWaiting(following);
    assertFull("http.max-following", () -> shared.introspect(query("t")));
    List<Asking> other = ask(shared, 1, query("u"));
    awaitAllWaiting(other);
    assertFull("http.max-waiting", () -> shared.introspect(query("v")));
    gate.countDown();
    all.addAll(following);
    all.addAll(other);
    for (Asking asking : all) {
      assertSame(good, asking.answer());
    }
    assertEquals(2, server.calls());
    assertSame(good, shared.introspect(query("v")), "every place is free again");
  }

  @Test
  @DisplayName("FLD-29: many who follow one question leave places to those who follow another")
  void followersOfOneQuestion_leavePlacesToOthers() throws Exception {
    waiting = new WaitingSettings(2, 5);
    server.says(query -> afterTheGate(good));
    SharedTokenIntrospector shared = shared(PATIENCE);
    List<Asking> all = ask(shared, 1, query("t"));
    awaitAllWaiting(all);
    all.addAll(ask(shared, 5, query("t"))); // 2 places of its own, 3 of 5 in common
    awaitAllWaiting(all);
    assertFull("http.max-following", () -> shared.introspect(query("t")));
    all.addAll(ask(shared, 1, query("u")));
    awaitAllWaiting(all);
    all.addAll(ask(shared, 4, query("u"))); // 2 places of its own, the other 2 of 5 in common
    awaitAllWaiting(all);
    assertFull("http.max-following", () -> shared.introspect(query("u")));
    gate.countDown();
    for (Asking asking : all) {
      assertSame(good, asking.answer());
    }
    assertEquals(2, server.calls());
  }

  @ParameterizedTest
  @DisplayName("FLD-29: where nothing is shared, all ask, and no more than may")
  @ValueSource(booleans = {true, false})
  void askers_areBoundedWhereNothingIsShared(boolean isRemembered) throws Exception {
    waiting = new WaitingSettings(2, 3);
    server.says(query -> afterTheGate(good));
    SharedTokenIntrospector shared =
        shared(PATIENCE, "cache.tokens", Boolean.toString(isRemembered));
    TokenQuery anew = within(Duration.ZERO);
    List<Asking> all = ask(shared, 2, anew);
    awaitAllWaiting(all);
    assertFull("http.max-waiting", () -> shared.introspect(anew));
    gate.countDown();
    for (Asking asking : all) {
      assertSame(good, asking.answer());
    }
    assertEquals(2, server.calls());
  }

  @ParameterizedTest
  @DisplayName("FLD-30: who may not use an answer of that age does not wait for it")
  @CsvSource({"-1, 1", "0, 2", "1, 2"})
  void oldQuestion_isNotJoined(long nanosMore, int calls) throws Exception {
    Duration timeToLive = Duration.ofSeconds(3);
    server.says(query -> afterTheGate(good));
    SharedTokenIntrospector shared = shared(PATIENCE);
    List<Asking> all = ask(shared, 1, query("t"));
    awaitAllWaiting(all);
    ticker.addAndGet(timeToLive.toNanos() + nanosMore);
    all.addAll(ask(shared, 1, within(timeToLive)));
    awaitAllWaiting(all);
    all.addAll(ask(shared, 5, within(timeToLive))); // they join the younger one
    all.addAll(ask(shared, 5, query("t")));
    awaitAllWaiting(all);
    assertEquals(calls, server.calls());
    gate.countDown();
    for (Asking asking : all) {
      assertSame(good, asking.answer());
    }
  }

  private static TokenQuery within(Duration timeToLive) {
    return new TokenQuery(token("t"), Optional.empty(), "exchange", Optional.of(timeToLive));
  }

  private static void assertFull(String setting, Executable asking) {
    UnavailableException failure = assertThrows(UnavailableException.class, asking);
    assertEquals(Reason.OVERLOADED, failure.reason());
    assertEquals(setting, failure.setting());
    assertEquals(Duration.ofSeconds(1), failure.retryAfter());
  }

  private SharedTokenIntrospector shared(Duration timeout, String... settings) {
    return new SharedTokenIntrospector(
        new CachingTokenIntrospector(
            server, Caches.settings(settings), active, inactive, ticker::get),
        waiting,
        renewals,
        timeout,
        ticker::get);
  }

  private TokenInfo afterTheGate(TokenInfo info) {
    try {
      if (!gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the gate was not opened");
      }
      return info;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Asking> ask(SharedTokenIntrospector shared, int number, TokenQuery query) {
    List<Asking> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      FutureTask<TokenInfo> task = new FutureTask<>(() -> shared.introspect(query));
      Thread thread = new Thread(task, "asking");
      thread.setDaemon(true);
      thread.start();
      all.add(new Asking(thread, task));
    }
    return all;
  }

  /** All wait: one for the gate, the others for the one. */
  private static void awaitAllWaiting(List<Asking> all) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (Asking asking : all) {
      while (asking.thread().getState() != Thread.State.TIMED_WAITING) {
        assertTrue(System.nanoTime() < end, "a thread does not wait");
        Thread.onSpinWait();
      }
    }
  }

  private record Asking(Thread thread, FutureTask<TokenInfo> task) {

    TokenInfo answer() throws Exception {
      return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    UnavailableException failure() {
      Throwable cause = assertThrows(ExecutionException.class, this::answer).getCause();
      return (UnavailableException) cause;
    }
  }
}
