/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import dev.portcullis.ResourceServerFilter;
import jakarta.servlet.FilterChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Requests with a DPoP proof and a known token, for each engine that can verify, and beside them
 * the engine alone. A call handles a batch of requests, each with a proof that was signed just
 * before and is used once, by {@value #CURVE_KEYS} keys in turn ({@value #RSA_KEYS} of RSA).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 40)
@Measurement(iterations = 15)
public class DpopBenchmark {

  static final int BATCH = 512;
  static final int CURVE_KEYS = 256;
  static final int RSA_KEYS = 64;

  /** What verifies. */
  @Param({"built-in", "java", "accp", "conscrypt"})
  public String engine;

  /** What a proof is signed by. */
  @Param({"ES256", "RS256", "EdDSA"})
  public String algorithm;

  private final List<RawVerifier> floors = new ArrayList<>();
  private final List<StubRequest> requests = new ArrayList<>();
  private final StubResponse response = new StubResponse();
  private final FilterChain chain = (request, answer) -> ((StubResponse) answer).passed();
  private ProofKeys keys;
  private BoundTokens tokens;
  private ResourceServerFilter filter;
  private List<ProofKeys.Signed> proofs;

  /** Starts the filter and shows it each token once. */
  @Setup
  public void start() throws Exception {
    int number = algorithm.equals("RS256") ? RSA_KEYS : CURVE_KEYS;
    keys = new ProofKeys(algorithm, number);
    tokens = new BoundTokens(keys);
    filter = new ResourceServerFilter();
    filter.init(new StubFilterConfig(settings(tokens, engine, algorithm)));
    for (int i = 0; i < number; i++) {
      floors.add(RawVerifier.of(engine, algorithm, keys.clients().get(i).keys()));
      requests.add(new StubRequest("DPoP " + ProofKeys.token(i)));
    }
  }

  static Map<String, String> settings(BoundTokens tokens, String engine, String algorithm) {
    return Map.ofEntries(
        Map.entry("as.targets", tokens.address().getAuthority()),
        Map.entry("as.introspection-endpoint", "/introspect"),
        Map.entry("as.secure", "false"),
        Map.entry("client.id", "rs"),
        Map.entry("client.secret", "secret"),
        Map.entry("cache.tokens", "true"),
        Map.entry("cache.token-time-to-live", "-1"),
        Map.entry("audit.sinks", "none"),
        Map.entry("dpop.type", "enabled"),
        Map.entry("dpop.signature-provider", engine),
        Map.entry("dpop.signing-algorithms", algorithm),
        Map.entry("request.base-urls", "https://api.example.com"));
  }

  /** Signs the proofs of the next batch. */
  @Setup(Level.Invocation)
  public void sign() {
    proofs = keys.proofs(BATCH, "GET");
  }

  /** Stops what was started. */
  @TearDown
  public void stop() {
    filter.destroy();
    tokens.close();
  }

  /** The signature alone. */
  @Benchmark
  public int floor(CpuTime time) throws Exception {
    long start = time.now();
    int good = 0;
    for (ProofKeys.Signed proof : proofs) {
      good += floors.get(proof.key()).verifies(proof.input(), proof.signature()) ? 1 : 0;
    }
    time.add(start, BATCH);
    return demandAll(good);
  }

  /** The whole request. */
  @Benchmark
  public long request(CpuTime time) throws Exception {
    long before = response.passes();
    long start = time.now();
    for (ProofKeys.Signed proof : proofs) {
      filter.doFilter(requests.get(proof.key()).with(proof.text()), response, chain);
    }
    time.add(start, BATCH);
    return demandAll((int) (response.passes() - before));
  }

  static int demandAll(int good) {
    if (good != BATCH) {
      throw new IllegalStateException("good: " + good + " of " + BATCH);
    }
    return good;
  }
}
