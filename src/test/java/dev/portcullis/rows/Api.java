/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;

/**
 * A protected application with its authorization server, and everything that one request leads to:
 * the response, calls of the rest of the chain, questions asked, audit entries, log lines. One
 * request at a time. Nothing is remembered unless a test turns the cache on.
 */
final class Api implements AutoCloseable {

  /** An exchange over a connection. */
  @FunctionalInterface
  interface Exchange {
    RawHttp.Response over(RawHttp http) throws IOException;
  }

  private final TestingAuthorizationServer server;
  private final TestingApplication application;
  private final Journal journal;
  private final ChainCounter chain;
  private final ServerLog log;
  private int requests;

  private Api(
      TestingAuthorizationServer server,
      TestingApplication application,
      Journal journal,
      ChainCounter chain,
      ServerLog log) {
    this.server = server;
    this.application = application;
    this.journal = journal;
    this.chain = chain;
    this.log = log;
  }

  /** Starts one with the settings that the rows assume. */
  static Api start() throws Exception {
    return start(builder -> {});
  }

  /** Starts one with more settings, servlets, or filters in front. */
  static Api start(Consumer<TestingApplication.Builder> more) throws Exception {
    TestingAuthorizationServer server = TestingAuthorizationServer.plain();
    ServerLog log = ServerLog.begin();
    try {
      TestingApplication.Builder builder =
          TestingApplication.builder().asking(server.url("/introspect"));
      more.accept(builder);
      ChainCounter chain = new ChainCounter();
      TestingApplication application = start(builder, chain);
      return new Api(server, application, builder.journal(), chain, log);
    } catch (Exception e) {
      log.close();
      server.close();
      throw e;
    }
  }

  private static TestingApplication start(TestingApplication.Builder builder, ChainCounter chain)
      throws Exception {
    builder.guarding("/*");
    FilterHolder holder = new FilterHolder(chain);
    holder.setAsyncSupported(true);
    builder.context().addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
    return builder.startAsItIs();
  }

  /** The authorization server, to be told its answers. */
  TestingAuthorizationServer server() {
    return server;
  }

  /** Where the application listens. */
  int port() {
    return application.port();
  }

  /** What {@code GET} with those field lines leads to. */
  Observed get(String path, String... fieldLines) throws IOException {
    return send("GET", path, fieldLines);
  }

  /** What {@code GET /r} with that value of {@code Authorization} leads to. */
  Observed authorized(String authorization) throws IOException {
    return get("/r", "Authorization: " + authorization);
  }

  /** What a request without a body leads to. */
  Observed send(String method, String path, String... fieldLines) throws IOException {
    return observe(http -> http.send(method, path, fieldLines));
  }

  /** What a request with a body leads to. */
  Observed post(String path, String body, String... fieldLines) throws IOException {
    return observe(http -> http.post(path, body, fieldLines));
  }

  /** What one exchange on a connection of its own leads to. */
  Observed observe(Exchange exchange) throws IOException {
    try (RawHttp http = new RawHttp(port())) {
      return observe(http, exchange);
    }
  }

  /** What one exchange on that connection leads to. */
  Observed observe(RawHttp http, Exchange exchange) throws IOException {
    checkEntries();
    int calls = chain.calls();
    int questions = server.requests().size();
    int events = journal.events().size();
    int lines = log.lines().size();
    RawHttp.Response response = exchange.over(http);
    journal.requests(++requests);
    List<RecordedRequest> asked = server.requests();
    List<AuditEvent> recorded = journal.events();
    return new Observed(
        response,
        chain.calls() - calls,
        asked.subList(questions, asked.size()),
        recorded.subList(events, recorded.size()),
        log.lines().subList(lines, log.lines().size()));
  }

  /** Every request so far has one entry, no more. */
  private void checkEntries() {
    int entries = journal.events(AuditEvent.Type.REQUEST).size();
    if (entries != requests) {
      throw new AssertionError(requests + " requests, but entries: " + journal.events());
    }
  }

  @Override
  public void close() {
    application.close();
    log.close();
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    checkEntries();
  }

  /** Stands behind the filter and counts what comes through. */
  private static final class ChainCounter implements Filter {

    private final AtomicInteger calls = new AtomicInteger();

    int calls() {
      return calls.get();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain rest)
        throws IOException, ServletException {
      calls.incrementAndGet();
      rest.doFilter(request, response);
    }
  }
}
