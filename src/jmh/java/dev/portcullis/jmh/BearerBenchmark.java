/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import com.sun.net.httpserver.HttpServer;
import dev.portcullis.ResourceServerFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * What the filter adds to a request whose token it knows, and what it costs to refuse one without
 * any. Beside it, in the same run, the floors: a look-up in a map and a SHA-256, without which it
 * cannot be done. Compare within a run only.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BearerBenchmark {

  /** Characters of the token: an opaque one, and a JWT that is introspected all the same. */
  @Param({"43", "1024"})
  public int tokenLength;

  /** Where audit entries go. */
  @Param({"none", "file"})
  public String audit;

  private HttpServer authorizationServer;
  private ResourceServerFilter filter;
  private StubRequest withToken;
  private StubRequest withoutToken;
  private StubResponse response;
  private FilterChain chain;
  private byte[] token;
  private MessageDigest sha256;
  private Map<String, String> map;

  /** Starts the filter and shows it the token once. */
  @Setup
  public void start() throws Exception {
    authorizationServer = authorizationServer();
    String text = "t".repeat(tokenLength);
    token = text.getBytes(StandardCharsets.US_ASCII);
    sha256 = MessageDigest.getInstance("SHA-256");
    map = new ConcurrentHashMap<>(Map.of(text, text));
    filter = new ResourceServerFilter();
    filter.init(new StubFilterConfig(settings()));
    withToken = new StubRequest("Bearer " + text);
    withoutToken = new StubRequest("");
    response = new StubResponse();
    chain = (request, answer) -> ((StubResponse) answer).passed();
    bearerHit();
    if (response.passes() != 1) {
      throw new IllegalStateException("the token does not pass: " + response.getStatus());
    }
  }

  /** Stops what was started. */
  @TearDown
  public void stop() {
    filter.destroy();
    authorizationServer.stop(0);
  }

  /** The rest of the chain alone. */
  @Benchmark
  public void noFilter() throws IOException, ServletException {
    chain.doFilter(withToken, response);
  }

  /** A known token. */
  @Benchmark
  public void bearerHit() throws IOException, ServletException {
    filter.doFilter(withToken, response, chain);
  }

  /** No token at all: refused. */
  @Benchmark
  public void noToken() throws IOException, ServletException {
    filter.doFilter(withoutToken, response, chain);
  }

  /** Floor: SHA-256 of the token. */
  @Benchmark
  public byte[] floorDigest() {
    return sha256.digest(token);
  }

  /** Floor: a look-up of the token's text, read anew from a request. */
  @Benchmark
  public String floorMap() {
    return map.get(new String(token, StandardCharsets.US_ASCII));
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("as.targets", "127.0.0.1:" + authorizationServer.getAddress().getPort());
    settings.put("as.introspection-endpoint", "/introspect");
    settings.put("as.secure", "false");
    settings.put("client.id", "rs");
    settings.put("client.secret", "secret");
    settings.put("cache.tokens", "true");
    settings.put("audit.sinks", audit);
    settings.put("audit.file", "target/jmh-audit.json");
    return settings;
  }

  private static HttpServer authorizationServer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] answer =
        """
        {"active":true,"sub":"alice","client_id":"app","scope":"read write","exp":4000000000}"""
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/introspect",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }
}
