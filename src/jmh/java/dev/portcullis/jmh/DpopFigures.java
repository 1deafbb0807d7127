/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks about DPoP and prints what they are for: each cost beside its target, in CPU
 * time of the measuring thread. {@code mvn -Pjmh -Djmh.main=dev.portcullis.jmh.DpopFigures}
 */
public final class DpopFigures {

  private final Map<String, Double> microseconds = new TreeMap<>();

  private DpopFigures() {}

  /** Runs; takes the options of JMH. */
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    DpopFigures figures = new DpopFigures();
    new Runner(
            new OptionsBuilder()
                .parent(new CommandLineOptions(arguments))
                .include("Dpop\\w*Benchmark")
                .shouldFailOnError(false)
                .build())
        .run()
        .forEach(figures::add);
    figures.print();
  }

  private void add(RunResult result) {
    BenchmarkParams params = result.getParams();
    String name = params.getBenchmark().replaceFirst(".*\\.(\\w+)Benchmark\\.", "$1.");
    String details =
        params.getParamsKeys().stream()
            .sorted()
            .map(params::getParam)
            .collect(Collectors.joining(" "));
    double cpu = result.getSecondaryResults().get("cpu").getScore();
    double operations = result.getSecondaryResults().get("operations").getScore();
    microseconds.put((name + " " + details).strip(), cpu / operations / 1000);
  }

  private void print() {
    System.out.println();
    System.out.println("Java " + Runtime.version() + ", CPU time in microseconds per request");
    microseconds.forEach((name, cost) -> System.out.printf("  %8.2f  %s%n", cost, name));
    boolean isOld = Runtime.version().feature() < 25;
    for (String engine : new String[] {"built-in", "accp", "conscrypt"}) {
      difference(engine);
    }
    System.out.println("Ratios and targets");
    ratio("ES256 as it comes / JDK verify", whole("built-in"), floor("java"), isOld ? 0.12 : 0.25);
    ratio("ES256 with Java / JDK verify", whole("java"), floor("java"), 1.01);
    ratio("ES256 with ACCP / ACCP verify", whole("accp"), floor("accp"), 1.10);
    ratio("RS256 as it comes / JDK verify", of("Dpop.request RS256 built-in"), rsa(), 1.2);
    ratio("as it comes / Spring Security", whole("built-in"), of("SpringDpop.request ES256"), 0.25);
    ratio(
        "garbage / Spring Security", refusal("garbage"), of("SpringDpop.garbage ES256"), 1 / 30.0);
    System.out.println("Microseconds and targets");
    ratio("all but the signature", of("DpopAround.around"), 1, 5);
    ratio("garbage", refusal("garbage"), 1, 0.6);
    ratio("wrong htm", refusal("wrongMethod"), 1, 3);
    ratio("wrong ath", refusal("wrongToken"), 1, 3);
    ratio("wrong key", refusal("foreignKey"), 1, 3);
  }

  private static void ratio(String what, double cost, double of, double target) {
    double value = cost / of;
    if (Double.isNaN(value)) {
      System.out.printf("  %-34s not run%n", what);
      return;
    }
    System.out.printf(
        "  %-34s %7.3f  target %6.3f  %s%n",
        what, value, target, value <= target ? "met" : "MISSED");
  }

  /**
   * Without a target: both are too large, and too short of warm, to tell much about what is left.
   */
  private void difference(String engine) {
    double rest = whole(engine) - floor(engine);
    if (!Double.isNaN(rest)) {
      System.out.printf("  %8.2f  Dpop.request less Dpop.floor, ES256 %s%n", rest, engine);
    }
  }

  private double whole(String engine) {
    return of("Dpop.request ES256 " + engine);
  }

  private double floor(String engine) {
    return of("Dpop.floor ES256 " + engine);
  }

  private double rsa() {
    return of("Dpop.floor RS256 java");
  }

  private double refusal(String which) {
    return of("DpopRefusal." + which);
  }

  private double of(String name) {
    return microseconds.getOrDefault(name, Double.NaN);
  }
}
