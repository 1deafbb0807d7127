/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import dev.portcullis.ResourceServerFilter;
import jakarta.servlet.FilterChain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to refuse a proof that cannot be good: no signature is verified for it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 40)
@Measurement(iterations = 40)
public class DpopRefusalBenchmark {

  private static final int ROUNDS = 16;
  private static final int KEYS = 256;

  private final List<StubRequest> garbage = new ArrayList<>();
  private final List<StubRequest> wrongMethod = new ArrayList<>();
  private final List<StubRequest> wrongToken = new ArrayList<>();
  private final List<StubRequest> foreignKey = new ArrayList<>();
  private final StubResponse response = new StubResponse();
  private final FilterChain chain = (request, answer) -> ((StubResponse) answer).passed();
  private ProofKeys keys;
  private BoundTokens tokens;
  private ResourceServerFilter filter;

  /** Starts the filter and shows it each token once. */
  @Setup
  public void start() throws Exception {
    keys = new ProofKeys("ES256", KEYS);
    tokens = new BoundTokens(keys);
    filter = new ResourceServerFilter();
    filter.init(new StubFilterConfig(DpopBenchmark.settings(tokens, "built-in", "ES256")));
    for (ProofKeys.Signed proof : keys.proofs(KEYS, "GET")) {
      filter.doFilter(request(proof.key()).with(proof.text()), response, chain);
    }
    if (response.passes() != KEYS) {
      throw new IllegalStateException("passed: " + response.passes());
    }
  }

  private static StubRequest request(int key) {
    return new StubRequest("DPoP " + ProofKeys.token(key));
  }

  /** Makes proofs that are bad in one way each. */
  @Setup(Level.Iteration)
  public void sign() {
    garbage.clear();
    wrongMethod.clear();
    wrongToken.clear();
    foreignKey.clear();
    for (int i = 0; i < KEYS; i++) {
      int other = (i + 1) % KEYS;
      garbage.add(request(i).with("no-proof-at-all-number-" + i));
      wrongMethod.add(request(i).with(keys.proof(i, ProofKeys.token(i), "POST").text()));
      wrongToken.add(request(i).with(keys.proof(i, ProofKeys.token(other), "GET").text()));
      foreignKey.add(request(i).with(keys.proof(other, ProofKeys.token(i), "GET").text()));
    }
  }

  /** Stops what was started. */
  @TearDown
  public void stop() {
    filter.destroy();
    tokens.close();
  }

  /** Not a JWT. */
  @Benchmark
  public int garbage(CpuTime time) throws Exception {
    return refuse(garbage, time);
  }

  /** A proof for another method: {@code htm}. */
  @Benchmark
  public int wrongMethod(CpuTime time) throws Exception {
    return refuse(wrongMethod, time);
  }

  /** A proof for another token: {@code ath}, the last claim that is checked. */
  @Benchmark
  public int wrongToken(CpuTime time) throws Exception {
    return refuse(wrongToken, time);
  }

  /** A good proof by a key to which the known token is not bound. */
  @Benchmark
  public int foreignKey(CpuTime time) throws Exception {
    return refuse(foreignKey, time);
  }

  private int refuse(List<StubRequest> requests, CpuTime time) throws Exception {
    long before = response.passes();
    long start = time.now();
    for (int round = 0; round < ROUNDS; round++) {
      for (StubRequest request : requests) {
        filter.doFilter(request, response, chain);
      }
    }
    time.add(start, ROUNDS * KEYS);
    if (response.passes() != before || response.getStatus() != 401) {
      throw new IllegalStateException("not refused: " + response.getStatus());
    }
    return ROUNDS * KEYS;
  }
}
