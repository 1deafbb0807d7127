/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import dev.portcullis.ResourceServerFilter;
import jakarta.servlet.FilterChain;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;

/**
 * What the first request with a proof costs after a start, in CPU time, beside one when all is
 * warm. The token is known by then: it was refused under Bearer before. Waits as many milliseconds
 * as the argument says between the start and the first proof.
 */
public final class FirstProof {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private FirstProof() {}

  /** Runs once: a second first time takes a second Java. */
  public static void main(String[] arguments) throws Exception {
    ProofKeys keys = new ProofKeys("ES256", 200);
    StubResponse response = new StubResponse();
    FilterChain chain = (request, answer) -> ((StubResponse) answer).passed();
    try (BoundTokens tokens = new BoundTokens(keys)) {
      ResourceServerFilter filter = new ResourceServerFilter();
      filter.init(new StubFilterConfig(DpopBenchmark.settings(tokens, "built-in", "ES256")));
      for (int i = 0; i < keys.clients().size(); i++) {
        filter.doFilter(new StubRequest("Bearer " + ProofKeys.token(i)), response, chain);
      }
      Thread.sleep(Long.parseLong(arguments[0]));
      List<ProofKeys.Signed> proofs = keys.proofs(6_000, "GET");
      long[] costs = new long[proofs.size()];
      for (int i = 0; i < costs.length; i++) {
        ProofKeys.Signed proof = proofs.get(i);
        StubRequest request =
            new StubRequest("DPoP " + ProofKeys.token(proof.key())).with(proof.text());
        long start = THREADS.getCurrentThreadCpuTime();
        filter.doFilter(request, response, chain);
        costs[i] = (THREADS.getCurrentThreadCpuTime() - start) / 1000;
      }
      filter.destroy();
      System.out.printf(
          "first %d us, second %d us, median of the first hundred %d us, warm %d us%n",
          costs[0], costs[1], median(costs, 0, 100), median(costs, 5_000, 6_000));
    }
  }

  private static long median(long[] costs, int from, int to) {
    long[] sorted = Arrays.copyOfRange(costs, from, to);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
