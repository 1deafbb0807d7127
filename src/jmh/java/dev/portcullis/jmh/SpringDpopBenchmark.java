/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The same requests through Spring Security's resource server. It does not remember tokens, so it
 * is given what does: a loading cache around the introspector, which here has every token. Its own
 * memory of proofs is left as it is. That one refuses the 1,001st proof of a key within 30 seconds,
 * and every proof when it holds 100,000; a run makes 55 times 512.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 40)
@Measurement(iterations = 15)
public class SpringDpopBenchmark {

  /** What a proof is signed by. */
  @Param({"ES256", "RS256"})
  public String algorithm;

  private final List<StubRequest> requests = new ArrayList<>();
  private final StubResponse response = new StubResponse();
  private final Passes passes = new Passes();
  private ProofKeys keys;
  private AnnotationConfigApplicationContext context;
  private Filter filter;
  private List<ProofKeys.Signed> proofs;

  /** Starts Spring. */
  @Setup
  public void start() {
    int number = algorithm.equals("RS256") ? DpopBenchmark.RSA_KEYS : DpopBenchmark.CURVE_KEYS;
    keys = new ProofKeys(algorithm, number);
    for (int i = 0; i < number; i++) {
      requests.add(new StubRequest("DPoP " + ProofKeys.token(i)));
    }
    context = new AnnotationConfigApplicationContext();
    context.registerBean(OpaqueTokenIntrospector.class, () -> introspector(keys));
    context.register(Security.class);
    context.refresh();
    filter = context.getBean("springSecurityFilterChain", Filter.class);
  }

  /** Signs the proofs of the next batch. */
  @Setup(Level.Invocation)
  public void sign() {
    proofs = keys.proofs(DpopBenchmark.BATCH, "GET");
  }

  /** Stops Spring. */
  @TearDown
  public void stop() {
    context.close();
  }

  /** The whole request. */
  @Benchmark
  public int request(CpuTime time) throws Exception {
    passes.number = 0;
    long start = time.now();
    for (ProofKeys.Signed proof : proofs) {
      filter.doFilter(requests.get(proof.key()).with(proof.text()), response, passes.chain);
    }
    time.add(start, DpopBenchmark.BATCH);
    return DpopBenchmark.demandAll(passes.number);
  }

  /** What is no JWT at all: refused. */
  @Benchmark
  public int garbage(CpuTime time) throws Exception {
    passes.number = 0;
    long start = time.now();
    for (ProofKeys.Signed proof : proofs) {
      filter.doFilter(
          requests.get(proof.key()).with("no-proof-at-all-number-17"), response, passes.chain);
    }
    time.add(start, DpopBenchmark.BATCH);
    if (passes.number > 0) {
      throw new IllegalStateException("not refused");
    }
    return passes.number;
  }

  private static OpaqueTokenIntrospector introspector(ProofKeys keys) {
    Map<String, OAuth2AuthenticatedPrincipal> answers = new HashMap<>();
    for (int i = 0; i < keys.clients().size(); i++) {
      Map<String, Object> claims =
          Map.of(
              "active",
              true,
              "sub",
              "alice",
              "client_id",
              "app",
              "scope",
              List.of("read", "write"),
              "exp",
              Instant.ofEpochSecond(4_000_000_000L),
              "cnf",
              Map.of("jkt", keys.clients().get(i).thumbprint()));
      answers.put(
          ProofKeys.token(i),
          new OAuth2IntrospectionAuthenticatedPrincipal(
              "alice", claims, AuthorityUtils.createAuthorityList("SCOPE_read", "SCOPE_write")));
    }
    LoadingCache<String, OAuth2AuthenticatedPrincipal> cache =
        Caffeine.newBuilder().maximumSize(10_000).build(answers::get);
    return cache::get;
  }

  /** Counts what reaches the application. */
  private static final class Passes {

    private int number;
    private final FilterChain chain = (request, answer) -> number++;
  }

  /** What a user of Spring Security writes. */
  @EnableWebSecurity
  static class Security {

    @Bean
    SecurityFilterChain chain(HttpSecurity http, OpaqueTokenIntrospector introspector)
        throws Exception {
      return http.authorizeHttpRequests(any -> any.anyRequest().authenticated())
          .oauth2ResourceServer(
              server ->
                  server
                      .opaqueToken(opaque -> opaque.introspector(introspector))
                      .dPoP(Customizer.withDefaults()))
          .sessionManagement(
              session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
          .csrf(AbstractHttpConfigurer::disable)
          .build();
    }
  }
}
