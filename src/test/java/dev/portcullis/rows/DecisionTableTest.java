/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Who gets in: every scheme with every binding of the token, every kind of rule and every way to
 * it, by real requests, compared with a {@link DecisionReference} that knows nothing of the code
 * under test; first one by one, then mixed, from 64 threads. {@code
 * -Dportcullis.decisions.full=true} makes it 100,000 mixed requests. What was seen is in {@code
 * target/decisions.txt}.
 */
class DecisionTableTest {

  private static final int THREADS = 64;
  private static final boolean IS_FULL = Boolean.getBoolean("portcullis.decisions.full");
  private static final int MIXED = IS_FULL ? 100_000 : 2_500;
  private static final int SHOWN = 40;

  private final List<DecisionCase> lines = DecisionCase.all();

  @Test
  @DisplayName(
      "AUZ-07, BRR-09, BRR-10, DPOP-35, MTB-07, MTB-08, HTTP-11, HTTP-12, AUZ-08, AUZ-11:"
          + " each line of the table is decided as specified")
  void eachLine_isDecidedAsSpecified() throws Exception {
    List<Integer> questions = new ArrayList<>();
    Map<Integer, DecisionOutcome> outcomes;
    try (DecisionRig rig = DecisionRig.asking()) {
      try (Caller caller = new Caller(rig)) {
        for (int number = 0; number < lines.size(); number++) {
          int before = rig.questions();
          caller.send(number, lines.get(number));
          questions.add(rig.questions() - before);
        }
      }
      outcomes = rig.outcomes();
    }
    List<String> table = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (int number = 0; number < lines.size(); number++) {
      DecisionReference.Verdict expected = DecisionReference.of(lines.get(number));
      String seen = outcomes.get(number) + " asked " + questions.get(number);
      String wanted = expected.outcome() + " asked " + (expected.isAsked() ? 1 : 0);
      table.add(lines.get(number) + " -> " + seen);
      if (!seen.equals(wanted)) {
        differences.add(lines.get(number) + "\n  seen " + seen + "\n  not  " + wanted);
      }
    }
    Files.write(Path.of("target", "decisions.txt"), table);
    assertNone(differences);
  }

  @Test
  @DisplayName("HTTP-21: requests at once are decided like requests one by one")
  void mixedRequests_areDecidedLikeSingleOnes() throws Exception {
    List<DecisionCase> mixed = mixed();
    Map<Integer, DecisionOutcome> outcomes;
    try (DecisionRig rig = DecisionRig.remembering()) {
      sendAll(rig, mixed);
      outcomes = rig.outcomes();
    }
    assertEquals(mixed.size(), outcomes.size());
    List<String> differences = new ArrayList<>();
    for (int number = 0; number < mixed.size(); number++) {
      DecisionCase line = mixed.get(number);
      DecisionOutcome expected = DecisionReference.of(line).outcome();
      if (!outcomes.get(number).equals(expected)) {
        differences.add(line + "\n  seen " + outcomes.get(number) + "\n  not  " + expected);
      }
    }
    assertNone(differences);
  }

  /** Each line as often as any other, give or take one, in any order. */
  private List<DecisionCase> mixed() {
    List<DecisionCase> mixed = new ArrayList<>();
    for (int i = 0; i < MIXED; i++) {
      mixed.add(lines.get(i % lines.size()));
    }
    Collections.shuffle(mixed, new Random(4));
    return mixed;
  }

  private static void sendAll(DecisionRig rig, List<DecisionCase> mixed) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        ends.add(pool.submit(() -> sendSome(rig, mixed, next)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static Void sendSome(DecisionRig rig, List<DecisionCase> mixed, AtomicInteger next)
      throws IOException {
    try (Caller caller = new Caller(rig)) {
      for (int number = next.getAndIncrement();
          number < mixed.size();
          number = next.getAndIncrement()) {
        caller.send(number, mixed.get(number));
      }
      return null;
    }
  }

  private static void assertNone(List<String> differences) {
    String first = String.join("\n", differences.subList(0, Math.min(SHOWN, differences.size())));
    assertEquals(0, differences.size(), first);
  }

  /** Uses a connection again as long as the application keeps it. */
  private static final class Caller implements AutoCloseable {

    private final DecisionRig rig;
    private RawHttp http;

    Caller(DecisionRig rig) throws IOException {
      this.rig = rig;
      this.http = rig.connect();
    }

    void send(int number, DecisionCase line) throws IOException {
      if (!rig.send(http, number, line)) {
        http.close();
        http = rig.connect();
      }
    }

    @Override
    public void close() throws IOException {
      http.close();
    }
  }
}
