/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import java.security.Security;
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

/**
 * A request with a good proof, all of it but the signature: the difference of two figures fifteen
 * times as large says little about it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 150)
@Measurement(iterations = 100)
public class DpopAroundBenchmark {

  private final DpopBenchmark requests = new DpopBenchmark();

  /** Starts the filter, which tests what verifies. */
  @Setup
  public void start() throws Exception {
    Security.insertProviderAt(new SkippedSignatures(), 1);
    requests.engine = "java";
    requests.algorithm = "ES256";
    requests.start();
    SkippedSignatures.skip();
  }

  /** Signs the proofs of the next batch. */
  @Setup(Level.Invocation)
  public void sign() {
    requests.sign();
  }

  /** Stops what was started. */
  @TearDown
  public void stop() {
    requests.stop();
  }

  /** The request. */
  @Benchmark
  public long around(CpuTime time) throws Exception {
    return requests.request(time);
  }
}
