/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import static dev.portcullis.oauth.Tokens.T;
import static dev.portcullis.oauth.Tokens.active;
import static dev.portcullis.oauth.Tokens.inactive;
import static dev.portcullis.oauth.Tokens.query;
import static dev.portcullis.oauth.Tokens.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.oauth.UnavailableException;
import dev.portcullis.store.EhcacheTokenCache;
import dev.portcullis.testing.CapturedLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are asked for again before they run out, on a ticker that the tests move. */
class RenewalTest {

  private static final Duration LIFE = Duration.ofSeconds(30);
  private static final Duration LAST_PART = Duration.ofSeconds(27);
  private static final Duration NANO = Duration.ofNanos(1);
  private static final long PATIENCE = 30;

  private final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - 1);
  private final TokenCache active = new EhcacheTokenCache(100, 64 << 20, ticker::get);
  private final TokenCache inactive = new EhcacheTokenCache(100, 64 << 20, ticker::get);
  private final Semaphore asked = new Semaphore(0);
  private final Semaphore gate = new Semaphore(0);
  private final TokenInfo old = active("\"sub\":\"old\"");
  private final TokenInfo renewed = active("\"sub\":\"new\"");
  private final ScriptedIntrospector server = new ScriptedIntrospector(query -> old);
  private Renewals renewals = new Renewals(50);

  @AfterEach
  void close() {
    gate.release(1000);
    renewals.close();
    active.close();
    inactive.close();
  }

  @Test
  @DisplayName("FLD-29: use in the last tenth of its life renews an answer, once, unseen")
  void lastTenth_isRenewedInTheBackground() throws Exception {
    SharedTokenIntrospector shared = shared();
    shared.introspect(query("t"));
    holdAnswers(renewed);
    pass(LAST_PART.minus(NANO));
    assertSame(old, shared.known(query("t")).orElseThrow());
    assertEquals(1, server.calls(), "before the last part");
    pass(NANO);
    for (int i = 0; i < 100; i++) {
      assertSame(old, shared.known(query("t")).orElseThrow(), "nobody waits");
    }
    awaitQuestions(1);
    gate.release();
    awaitKnown(shared, renewed);
    assertEquals(2, server.calls());
    pass(LIFE.minus(NANO));
    assertSame(renewed, shared.known(query("t")).orElseThrow(), "as old as its own question");
    pass(NANO);
    assertEquals(Optional.empty(), shared.known(query("t")));
  }

  @ParameterizedTest
  @DisplayName("FLD-29: cache.renew-ahead says how long the last part is; 0 is never")
  @CsvSource({"50, 15", "1, 29.7", "0, 30"})
  void renewAhead_isTheLastPart(int percent, String seconds) throws Exception {
    SharedTokenIntrospector shared = shared("cache.renew-ahead", Integer.toString(percent));
    shared.introspect(query("t"));
    holdAnswers(renewed);
    pass(Duration.parse("PT" + seconds + "S").minus(NANO));
    assertSame(old, shared.known(query("t")).orElseThrow());
    pass(NANO);
    assertEquals(percent != 0, shared.known(query("t")).isPresent());
    awaitQuestions(percent == 0 ? 0 : 1);
    assertEquals(percent == 0 ? 1 : 2, server.calls());
  }

  @Test
  @DisplayName("FLD-29: where a rule uses answers for less time, their last part is that rule's")
  void timeToLiveOfARule_countsForItsRequests() throws Exception {
    SharedTokenIntrospector shared = shared();
    TokenQuery strict =
        new TokenQuery(
            token("t"), Optional.empty(), "exchange", Optional.of(Duration.ofSeconds(10)));
    shared.introspect(strict);
    holdAnswers(renewed);
    pass(Duration.ofSeconds(9));
    assertTrue(shared.known(query("t")).isPresent());
    assertEquals(1, server.calls());
    assertTrue(shared.known(strict).isPresent());
    awaitQuestions(1);
    gate.release();
    awaitKnown(shared, renewed);
  }

  @ParameterizedTest
  @DisplayName("FLD-29: an answer that ends with its token is not renewed, one that ends before is")
  @CsvSource({"30, 0", "31, 1", "-1, 0"})
  void endOfTheToken_isNotPutOff(long exp, int more) throws Exception {
    SharedTokenIntrospector shared = exp > 0 ? shared() : shared("cache.token-time-to-live", "-1");
    server.says(query -> active("\"exp\":" + (T + (exp > 0 ? exp : 30))));
    shared.introspect(query("t"));
    holdAnswers(renewed);
    pass(LIFE.minus(NANO));
    assertTrue(shared.known(query("t")).isPresent());
    awaitQuestions(more);
    assertEquals(1 + more, server.calls());
    pass(NANO);
    assertEquals(Optional.empty(), shared.known(query("t")));
  }

  @ParameterizedTest
  @DisplayName("FLD-29: a renewed answer ends at exp, however long answers live")
  @CsvSource({"5, true", "5, false"})
  void renewedAnswer_endsWithExp(long left, boolean isBefore) throws Exception {
    SharedTokenIntrospector shared = shared();
    shared.introspect(query("t"));
    TokenInfo ending = active("\"exp\":" + (T + left));
    holdAnswers(ending);
    pass(LAST_PART);
    shared.known(query("t"));
    awaitQuestions(1);
    gate.release();
    awaitKnown(shared, ending);
    pass(Duration.ofSeconds(left).minus(isBefore ? NANO : Duration.ZERO));
    assertEquals(isBefore, shared.known(query("t")).isPresent());
  }

  @ParameterizedTest
  @DisplayName("FLD-29: news that the token is not active ends the answer at once")
  @ValueSource(strings = {"5", "0"})
  void inactiveToken_endsTheOldAnswer(String inactiveTime) throws Exception {
    SharedTokenIntrospector shared = shared("cache.inactive-time-to-live", inactiveTime);
    shared.introspect(query("t"));
    holdAnswers(inactive());
    pass(LAST_PART);
    assertTrue(shared.known(query("t")).orElseThrow().isActive());
    awaitQuestions(1);
    gate.release();
    awaitThat(() -> shared.known(query("t")).filter(TokenInfo::isActive).isEmpty());
    assertEquals(inactiveTime.equals("5"), shared.known(query("t")).isPresent());
    assertEquals(0, active.size());
  }

  @Test
  @DisplayName("FLD-29: a renewal that fails leaves the answer to its own end, and is not repeated")
  void failure_leavesTheOldAnswer() throws Exception {
    SharedTokenIntrospector shared = shared();
    shared.introspect(query("t"));
    server.says(
        query -> {
          asked.release();
          throw new UnavailableException(Reason.AS_UNAVAILABLE, Duration.ofSeconds(1), "");
        });
    pass(LAST_PART);
    shared.known(query("t"));
    awaitQuestions(1);
    for (int i = 0; i < 1000; i++) {
      assertSame(old, shared.known(query("t")).orElseThrow());
    }
    pass(LIFE.minus(LAST_PART).minus(NANO));
    assertSame(old, shared.known(query("t")).orElseThrow());
    assertEquals(2, server.calls());
    pass(NANO);
    assertEquals(Optional.empty(), shared.known(query("t")));
  }

  @Test
  @DisplayName("FLD-29, FLD-78: a fault in a renewal hurts nobody, and the next one works")
  void fault_isSurvived() throws Exception {
    SharedTokenIntrospector shared = shared();
    shared.introspect(query("t"));
    server.says(
        query -> {
          asked.release();
          throw new StackOverflowError("on purpose");
        });
    pass(LAST_PART);
    try (CapturedLog log = CapturedLog.of(Renewals.class.getName())) {
      shared.known(query("t"));
      awaitThat(() -> log.text().contains("An answer was not renewed."));
    }
    awaitQuestions(1);
    assertSame(old, shared.known(query("t")).orElseThrow());
    pass(LIFE);
    server.says(query -> old);
    awaitThat(() -> isAnswered(shared)); // not while the fault is still on its way
    holdAnswers(renewed);
    pass(LAST_PART);
    shared.known(query("t"));
    awaitQuestions(1);
    gate.release();
    awaitKnown(shared, renewed);
  }

  @Test
  @DisplayName("FLD-29: who comes when the answer has run out joins the renewal")
  void renewal_isJoined() throws Exception {
    SharedTokenIntrospector shared = shared();
    shared.introspect(query("t"));
    holdAnswers(renewed);
    pass(LAST_PART);
    shared.known(query("t"));
    awaitQuestions(1);
    pass(LIFE.minus(LAST_PART));
    assertEquals(Optional.empty(), shared.known(query("t")));
    FutureTask<TokenInfo> late = new FutureTask<>(() -> shared.introspect(query("t")));
    Thread thread = new Thread(late, "late");
    thread.start();
    awaitThat(() -> thread.getState() == Thread.State.TIMED_WAITING);
    gate.release();
    assertSame(renewed, late.get(PATIENCE, TimeUnit.SECONDS));
    assertEquals(2, server.calls());
  }

  @Test
  @DisplayName("FLD-29, CAC-11: what is purged while it is renewed stays away")
  void purge_isNotUndone() throws Exception {
    SharedTokenIntrospector shared = shared();
    shared.introspect(query("t"));
    holdAnswers(renewed);
    pass(LAST_PART);
    shared.known(query("t"));
    awaitQuestions(1);
    shared.purge(token("t").digest());
    gate.release();
    renewals.close();
    assertEquals(Optional.empty(), shared.known(query("t")));
  }

  @ParameterizedTest
  @DisplayName("FLD-29: of all connections a quarter is for renewals, the last one never")
  @CsvSource({"1, 0", "2, 1", "7, 1", "8, 2", "50, 12"})
  void renewals_areFew(int connections, int most) throws Exception {
    renewals.close();
    renewals = new Renewals(connections);
    SharedTokenIntrospector shared = shared();
    for (int i = 0; i < 30; i++) {
      shared.introspect(query("t." + i));
    }
    holdAnswers(renewed);
    pass(LAST_PART);
    for (int i = 0; i < 30; i++) {
      assertSame(old, shared.known(query("t." + i)).orElseThrow());
    }
    awaitQuestions(most);
    assertFalse(asked.tryAcquire(), "one too many");
    gate.release(1000);
    if (most > 0) {
      awaitKnown(shared, renewed);
      awaitThat(
          () -> shared.known(query("t.29")).orElseThrow() == renewed); // others come after them
    }
  }

  @Test
  @DisplayName("FLD-29: who may not wait is not kept waiting by a renewal that hangs")
  void hangingRenewals_doNotStopAskers() throws Exception {
    SharedTokenIntrospector shared = shared();
    for (int i = 0; i < 30; i++) {
      shared.introspect(query("t." + i));
    }
    holdAnswers(renewed);
    pass(LAST_PART);
    for (int i = 0; i < 30; i++) {
      shared.known(query("t." + i));
    }
    awaitQuestions(12);
    server.says(query -> old);
    assertSame(old, shared.introspect(query("other")));
  }

  @Test
  @DisplayName("FLD-29: answers about inactive tokens are not renewed")
  void inactiveAnswer_isNotRenewed() throws Exception {
    SharedTokenIntrospector shared = shared();
    server.says(query -> inactive());
    shared.introspect(query("t"));
    holdAnswers(renewed);
    pass(Duration.ofSeconds(5).minus(NANO));
    assertFalse(shared.known(query("t")).orElseThrow().isActive());
    assertEquals(1, server.calls());
  }

  /** From now on the answer is that one, when the gate lets it through. */
  private void holdAnswers(TokenInfo info) {
    server.says(
        query -> {
          asked.release();
          try {
            assertTrue(gate.tryAcquire(PATIENCE, TimeUnit.SECONDS), "the gate was not opened");
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return info;
        });
  }

  private void awaitQuestions(int number) throws InterruptedException {
    assertTrue(asked.tryAcquire(number, PATIENCE, TimeUnit.SECONDS), "not so many were asked");
  }

  private void awaitKnown(SharedTokenIntrospector shared, TokenInfo info) {
    String token = shared.known(query("t")).isPresent() ? "t" : "t.0";
    awaitThat(() -> shared.known(query(token)).orElseThrow() == info);
  }

  private static boolean isAnswered(SharedTokenIntrospector shared) {
    try {
      return shared.introspect(query("t")).isActive();
    } catch (UnavailableException e) {
      return false;
    }
  }

  private static void awaitThat(BooleanSupplier claim) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!claim.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it does not come");
      Thread.onSpinWait();
    }
  }

  private void pass(Duration time) {
    ticker.addAndGet(time.toNanos());
  }

  private SharedTokenIntrospector shared(String... settings) {
    return new SharedTokenIntrospector(
        new CachingTokenIntrospector(
            server, Caches.settings(settings), active, inactive, ticker::get),
        new WaitingSettings(64, 1000),
        renewals,
        Duration.ofSeconds(PATIENCE),
        ticker::get);
  }
}
