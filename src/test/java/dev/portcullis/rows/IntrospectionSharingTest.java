/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.Answer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many requests while the authorization server takes its time. */
@ParameterizedClass
@EnumSource(Link.class)
class IntrospectionSharingTest {

  @Parameter private Link link;

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final Gate gate = new Gate();

  @AfterEach
  void stop() {
    gate.open();
    clients.shutdownNow();
  }

  @Test
  @DisplayName("INT-31: a hundred requests with the same token ask once")
  void sameToken_isAskedAboutOnce() throws Exception {
    Counting entrance = new Counting();
    try (IntrospectionRig rig = IntrospectionRig.made(builder -> builder.behind(entrance))) {
      rig.server().token("tok", Answers.after(gate, Answers.json(IntrospectionRig.active(""))));
      List<Future<RawHttp.Response>> all = send(rig, 100, "tok");
      gate.awaitArrivals(1);
      entrance.awaitArrivals(100);
      gate.open();
      for (Future<RawHttp.Response> response : all) {
        assertEquals(200, of(response).status());
      }
      assertEquals(1, rig.calls());
    }
  }

  @Test
  @DisplayName("INT-31: each of two tokens gets its own answer")
  void twoTokens_areNotMixed() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.over(link)) {
      rig.server()
          .token("tok.a", held("\"sub\":\"alice\""))
          .token("tok.b", held("\"sub\":\"bob\""));
      List<Future<RawHttp.Response>> alice = new ArrayList<>();
      List<Future<RawHttp.Response>> bob = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        alice.addAll(send(rig, 1, "tok.a"));
        bob.addAll(send(rig, 1, "tok.b"));
      }
      gate.awaitArrivals(2);
      gate.open();
      for (Future<RawHttp.Response> response : alice) {
        assertTrue(of(response).body().contains("principal=alice\n"));
      }
      for (Future<RawHttp.Response> response : bob) {
        assertTrue(of(response).body().contains("principal=bob\n"));
      }
      assertEquals(2, rig.calls());
    }
  }

  @Test
  @DisplayName("INT-31, CAC-08: the failure of a shared question is everybody's, and not kept")
  void failure_isSharedAndNotKept() throws Exception {
    Counting entrance = new Counting();
    try (IntrospectionRig rig = IntrospectionRig.made(builder -> builder.behind(entrance))) {
      rig.active("tok", "");
      rig.server().always(Answers.after(gate, Answers.status(500)));
      List<Future<RawHttp.Response>> all = send(rig, 10, "tok");
      gate.awaitArrivals(1);
      entrance.awaitArrivals(10);
      gate.open();
      for (Future<RawHttp.Response> response : all) {
        assertEquals(503, of(response).status());
        assertEquals(List.of(), of(response).challenges());
      }
      rig.server().asUsual();
      int calls = rig.calls();
      assertEquals(200, rig.get("tok").status());
      assertEquals(calls + 1, rig.calls());
    }
  }

  @Test
  @DisplayName("INT-28: more than may wait are refused at once, and known tokens served")
  void overload_isRefusedAtOnce() throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.over(
            link,
            "http.max-waiting",
            "50",
            "http.keep-alive",
            "0", // a call that is held is not repeated (FLD-20)
            "http.overall-timeout",
            "60000",
            "http.read-timeout",
            "60000")) {
      rig.active("known", "");
      assertEquals(200, rig.get("known").status());
      rig.server().always(Answers.after(gate, Answers.json(IntrospectionRig.active(""))));
      List<Future<RawHttp.Response>> waiting = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        waiting.addAll(send(rig, 1, "slow." + i));
      }
      gate.awaitArrivals(50);
      int calls = rig.calls();
      long start = System.nanoTime();
      for (int i = 0; i < 450; i++) {
        RawHttp.Response response = rig.get("more." + i);
        assertEquals(503, response.status());
        assertEquals("1", response.header("Retry-After"));
        assertEquals(List.of(), response.challenges());
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      assertTrue(millis / 450 < 200, "it took " + millis + " ms");
      assertEquals(calls, rig.calls());
      assertEquals(200, rig.get("known").status());
      rig.journal()
          .await(450, e -> Journal.text(e, AuditField.OUTCOME).equals("error"))
          .forEach(IntrospectionSharingTest::assertOverloaded);
      gate.open();
      for (Future<RawHttp.Response> response : waiting) {
        assertEquals(200, of(response).status());
      }
      assertEquals(200, rig.get("more.0").status());
    }
  }

  @Test
  @DisplayName("INT-28: a server that asks for rest gets it, up to the limit that is set")
  void rest_isGrantedUpToTheLimit() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.over(link, "failover.max-back-off", "60")) {
      rig.active("tok", "");
      rig.server().next(Answers.status(429, "Retry-After: 3600\r\n"));
      RawHttp.Response first = rig.get("tok");
      rig.assertUnavailable(first, "as_unavailable");
      assertTrue(Integer.parseInt(first.header("Retry-After")) <= 60, first.toString());
      rig.assertUnavailable(rig.get("tok"), "as_unavailable");
      assertEquals(1, rig.calls());
    }
    try (IntrospectionRig rig = IntrospectionRig.over(link, "failover.max-back-off", "0")) {
      rig.active("tok", "");
      rig.server().next(Answers.status(429, "Retry-After: 3600\r\n"));
      rig.assertUnavailable(rig.get("tok"), "as_unavailable");
      rig.assertPasses(rig.get("tok"));
    }
  }

  private static void assertOverloaded(AuditEvent entry) {
    assertEquals("overloaded", Journal.text(entry, AuditField.FAILED_RULE_TYPE));
    assertEquals("http.max-waiting", Journal.text(entry, AuditField.FAILED_RULE_NAME));
  }

  private Answer held(String members) {
    return Answers.after(gate, Answers.json(IntrospectionRig.active(members)));
  }

  private List<Future<RawHttp.Response>> send(IntrospectionRig rig, int number, String token) {
    List<Future<RawHttp.Response>> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      all.add(clients.submit(() -> rig.get(token)));
    }
    return all;
  }

  private static RawHttp.Response of(Future<RawHttp.Response> response)
      throws InterruptedException, ExecutionException, TimeoutException {
    return response.get(30, TimeUnit.SECONDS);
  }

  /** Counts who comes in. */
  private static final class Counting extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Semaphore arrived = new Semaphore(0);

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      arrived.release();
      chain.doFilter(request, response);
    }

    void awaitArrivals(int number) throws InterruptedException {
      assertTrue(arrived.tryAcquire(number, 30, TimeUnit.SECONDS), "not so many came");
    }
  }
}
