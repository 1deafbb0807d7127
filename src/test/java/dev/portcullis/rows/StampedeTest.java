/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.Gate;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordingSink.Journal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everybody comes at once with one good token when the answer about it ends. {@code
 * -Dportcullis.stampede.rounds=50} looks longer.
 */
class StampedeTest {

  private static final int ROUNDS = Integer.getInteger("portcullis.stampede.rounds", 1);
  private static final int THREADS = 1200;
  private static final String MUCH_TIME = "60000";

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final Gate gate = new Gate();
  private final Entrance entrance = new Entrance();

  static List<Integer> crowds() {
    List<Integer> crowds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      crowds.addAll(List.of(150, 1000));
    }
    return crowds;
  }

  @AfterEach
  void stop() {
    gate.open();
    clients.shutdownNow();
  }

  @ParameterizedTest
  @MethodSource("crowds")
  @DisplayName("FLD-29: the answer has run out: one call, no refusal, others are served meanwhile")
  void answerJustRanOut_isAskedForOnce(int crowd) throws Exception {
    try (IntrospectionRig rig = rig()) {
      rig.active("tok", "").active("other", "");
      assertEquals(200, rig.get("tok").status());
      forgetAll();
      hold(rig, "tok");
      entrance.forget();
      List<Future<RawHttp.Response>> all = send(rig, crowd, "tok");
      entrance.awaitArrivals(crowd);
      gate.awaitArrivals(1);
      assertEquals(200, rig.get("other").status());
      gate.open();
      assertAllPass(all);
      assertEquals(2, calls(rig, "tok"));
    }
  }

  @ParameterizedTest
  @MethodSource("crowds")
  @DisplayName("FLD-29: the answer is about to run out: one call, which nobody waits for")
  void answerAboutToRunOut_isRenewedOnce(int crowd) throws Exception {
    try (IntrospectionRig rig =
        rig(
            "cache.token-time-to-live",
            "60",
            "cache.renew-ahead",
            "50",
            "rule.soon.paths",
            "/s/*",
            "rule.soon.token-time-to-live",
            "4")) {
      rig.active("tok", "").active("other", "");
      assertEquals(200, rig.get("tok").status());
      hold(rig, "tok");
      List<Future<RawHttp.Response>> early = useUntilRenewed(rig);
      assertAllPass(send(rig, crowd, "tok"));
      assertEquals(200, rig.get("other").status());
      gate.open();
      assertAllPass(early);
      assertEquals(200, rig.get("tok").status());
      assertEquals(2, calls(rig, "tok"));
    }
  }

  @Test
  @DisplayName("FLD-29: the renewal has an as-request entry, with the id of who prompted it")
  void renewal_isInTheAuditTrail() throws Exception {
    try (IntrospectionRig rig =
        rig("cache.token-time-to-live", "8", "cache.renew-ahead", "50", "as.audit", "true")) {
      rig.active("tok", "\"sub\":\"alice\"");
      int requests = 0;
      while (calls(rig, "tok") < 2) {
        assertEquals(200, rig.get("tok").status());
        requests++;
      }
      List<AuditEvent> asked = rig.journal().await(2, e -> e.type() == AuditEvent.Type.AS_REQUEST);
      List<AuditEvent> passed = rig.journal().requests(requests);
      AuditEvent renewal = asked.get(1);
      AuditEvent prompted = passed.get(requests - 1);
      for (AuditEvent entry : passed.subList(1, requests)) {
        assertEquals("cache", Journal.text(entry, AuditField.TOKEN_SOURCE));
      }
      List<String> ids =
          passed.stream().map(entry -> Journal.text(entry, AuditField.EXCHANGE_ID)).toList();
      assertTrue(ids.contains(Journal.text(renewal, AuditField.EXCHANGE_ID)), ids::toString);
      assertEquals(
          Journal.text(prompted, AuditField.TRACKING_ID),
          Journal.text(renewal, AuditField.TRACKING_ID));
      assertEquals("active", Journal.text(renewal, AuditField.OUTCOME));
      assertEquals("alice", Journal.text(renewal, AuditField.SUBJECT));
    }
  }

  @Test
  @DisplayName("FLD-29: one more than may follow is told so, and the entry names the setting")
  void oneTooMany_isRefused() throws Exception {
    try (IntrospectionRig rig = rig("http.max-following", "1", "http.max-waiting", "2")) {
      hold(rig, "tok");
      rig.active("other", "");
      List<Future<RawHttp.Response>> all = send(rig, 3, "tok");
      rig.journal()
          .await(1, e -> Journal.text(e, AuditField.FAILED_RULE_TYPE).equals("overloaded"))
          .forEach(
              e ->
                  assertEquals("http.max-following", Journal.text(e, AuditField.FAILED_RULE_NAME)));
      assertEquals(200, rig.get("other").status());
      gate.open();
      int passed = 0;
      for (Future<RawHttp.Response> response : all) {
        RawHttp.Response answer = response.get(30, TimeUnit.SECONDS);
        passed += answer.status() == 200 ? 1 : 0;
        assertTrue(answer.status() == 200 || answer.header("Retry-After").equals("1"));
      }
      assertEquals(2, passed);
      assertEquals(1, calls(rig, "tok"));
    }
  }

  @Test
  @DisplayName(
      "FLD-31: what is too large for the store is asked about every time, as the rest is not")
  void largeAnswer_isNotKept() throws Exception {
    try (IntrospectionRig rig = rig("cache.max-size", "1m")) {
      rig.active("large", "\"x\":\"" + "x".repeat(10_500) + "\"");
      rig.active("small", "\"x\":\"" + "x".repeat(10_400) + "\"");
      for (int i = 0; i < 3; i++) {
        assertEquals(200, rig.get("large").status());
        assertEquals(200, rig.get("small").status());
      }
      assertEquals(3, calls(rig, "large"));
      assertEquals(1, calls(rig, "small"));
    }
  }

  @Test
  @DisplayName("FLD-32: one token under 600 paths keeps 32 answers and displaces no other")
  void manyPaths_displaceTheirOwn() throws Exception {
    try (IntrospectionRig rig =
        rig(
            "as.send-audience",
            "true",
            "request.base-urls",
            "https://api.example.com",
            "cache.max-entries",
            "100",
            "cache.token-time-to-live",
            "600")) {
      for (int i = 0; i < 60; i++) {
        rig.active("tok." + i, "");
        assertEquals(200, rig.get("tok." + i).status());
      }
      rig.active("wide", "");
      for (int i = 0; i < 600; i++) {
        assertEquals(200, rig.get("/p/" + i, "wide").status());
      }
      assertEquals(92L, platform().getAttribute(bean(), "CachedTokens"));
      for (int i = 0; i < 60; i++) {
        assertEquals(200, rig.get("tok." + i).status());
      }
      assertEquals(660, rig.calls());
      assertEquals(200, rig.get("/p/568", "wide").status());
      assertEquals(660, rig.calls());
      assertEquals(200, rig.get("/p/567", "wide").status());
      assertEquals(661, rig.calls());
    }
  }

  private IntrospectionRig rig(String... keysAndValues) throws Exception {
    return IntrospectionRig.made(
        builder -> {
          builder.behind(entrance).threads(THREADS);
          builder.with("http.keep-alive", "0"); // a call that is held is not repeated (FLD-20)
          builder.with("http.overall-timeout", MUCH_TIME).with("http.read-timeout", MUCH_TIME);
          for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.with(keysAndValues[i], keysAndValues[i + 1]);
          }
        });
  }

  private void hold(IntrospectionRig rig, String token) {
    rig.server().token(token, Answers.after(gate, Answers.json(IntrospectionRig.active(""))));
  }

  /** Uses an answer that lives for a few seconds; none is waited for once there is a call. */
  private List<Future<RawHttp.Response>> useUntilRenewed(IntrospectionRig rig) {
    List<Future<RawHttp.Response>> uses = new ArrayList<>();
    while (gate.arrivals() == 0) {
      Future<RawHttp.Response> use = clients.submit(() -> rig.get("/s/r", "tok"));
      uses.add(use);
      while (!use.isDone() && gate.arrivals() == 0) {
        Thread.onSpinWait();
      }
    }
    return uses;
  }

  private static long calls(IntrospectionRig rig, String token) {
    return rig.server().requests().stream()
        .filter(request -> request.parameter("token").orElse("").equals(token))
        .count();
  }

  private List<Future<RawHttp.Response>> send(IntrospectionRig rig, int number, String token) {
    List<Future<RawHttp.Response>> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      all.add(clients.submit(() -> rig.get(token)));
    }
    return all;
  }

  private static void assertAllPass(List<Future<RawHttp.Response>> all) throws Exception {
    int refused = 0;
    for (Future<RawHttp.Response> response : all) {
      refused += response.get(60, TimeUnit.SECONDS).status() == 200 ? 0 : 1;
    }
    assertEquals(0, refused, "refused of " + all.size());
  }

  private static MBeanServer platform() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  private static ObjectName bean() throws Exception {
    return platform()
        .queryNames(new ObjectName("dev.portcullis:type=ResourceServer,*"), null)
        .iterator()
        .next();
  }

  private static void forgetAll() throws Exception {
    platform().invoke(bean(), "purgeTokens", new Object[0], new String[0]);
  }

  /** Counts who comes in. */
  private static final class Entrance extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Semaphore arrived = new Semaphore(0);

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      arrived.release();
      chain.doFilter(request, response);
    }

    void forget() {
      arrived.drainPermits();
    }

    void awaitArrivals(int number) throws InterruptedException {
      assertTrue(arrived.tryAcquire(number, 60, TimeUnit.SECONDS), "not so many came");
    }
  }
}
