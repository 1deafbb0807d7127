/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.DefaultTrust;
import dev.portcullis.testing.EchoServlet;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An authorization server, an application that is guarded by the filter, and its audit entries, set
 * as the requirements assume: answers are kept for 30 s, those about inactive tokens for 5 s. Where
 * a call fails it is not repeated, and the next request asks anew. For one test at a time.
 */
final class IntrospectionRig implements AutoCloseable {

  static final String ISSUER = "https://as.example.com";
  static final String INVALID_TOKEN =
      "Bearer error=\"invalid_token\","
          + " error_description=\"The access token is not valid for this request.\","
          + " realm=\"api\"";

  private final Link link;
  private final TestingAuthorizationServer server;
  private final TestingProxy proxy = TestingProxy.start();
  private final EchoServlet application = new EchoServlet();
  private final TestingApplication.Builder builder;
  private final TestingApplication running;
  private final AtomicInteger requests = new AtomicInteger();

  private IntrospectionRig(
      Link link, TestingAuthorizationServer server, Consumer<TestingApplication.Builder> more)
      throws Exception {
    this.link = link;
    this.server = server;
    builder = TestingApplication.builder().asking(server.url("/introspect"));
    builder
        .serving("/", application)
        .with("as.issuer", ISSUER)
        .with("cache.tokens", "true")
        .with("cache.token-time-to-live", "30")
        .with("cache.inactive-time-to-live", "5")
        .with("failover.max-retries", "0")
        .with("failover.failed-retry-timeout", "0")
        .with("failover.max-back-off", "0");
    link.configure(builder, server, proxy);
    more.accept(builder);
    try {
      running = builder.start();
    } catch (Exception e) {
      proxy.close();
      throw e;
    }
  }

  /** Starts one with those settings, keys and values in turn. */
  static IntrospectionRig with(String... keysAndValues) throws Exception {
    return made(
        builder -> {
          for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.with(keysAndValues[i], keysAndValues[i + 1]);
          }
        });
  }

  /** Starts one that asks over that link, with those settings. */
  static IntrospectionRig over(Link link, String... keysAndValues) throws Exception {
    return over(
        link,
        TestingCertificates.Server.GOOD,
        builder -> {
          for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.with(keysAndValues[i], keysAndValues[i + 1]);
          }
        });
  }

  /**
   * Starts one that asks over that link a server with that certificate, and trusts the authority of
   * the good ones: a trust store is read when the filter starts.
   */
  static IntrospectionRig over(
      Link link, TestingCertificates.Server which, Consumer<TestingApplication.Builder> more)
      throws Exception {
    DefaultTrust trust = DefaultTrust.in(TestingCertificates.shared().trustStore());
    try {
      return asking(link, link.server(which), more);
    } finally {
      trust.close();
    }
  }

  /** Starts one that is made up further. */
  static IntrospectionRig made(Consumer<TestingApplication.Builder> more) throws Exception {
    return asking(TestingAuthorizationServer.plain(), more);
  }

  /** Starts one with that authorization server, which it closes in the end. */
  static IntrospectionRig asking(
      TestingAuthorizationServer server, Consumer<TestingApplication.Builder> more)
      throws Exception {
    return asking(Link.PLAIN, server, more);
  }

  private static IntrospectionRig asking(
      Link link, TestingAuthorizationServer server, Consumer<TestingApplication.Builder> more)
      throws Exception {
    try {
      return new IntrospectionRig(link, server, more);
    } catch (Exception e) {
      server.close();
      throw e;
    }
  }

  Link link() {
    return link;
  }

  TestingAuthorizationServer server() {
    return server;
  }

  int port() {
    return running.port();
  }

  /** An answer about an active token with those further members. */
  static String active(String members) {
    return "{\"active\":true" + (members.isEmpty() ? "" : "," + members) + "}";
  }

  /** Makes a token active, with those further members in the answer. */
  IntrospectionRig active(String token, String members) {
    server.token(token, active(members));
    return this;
  }

  /** Sends {@code GET /r} with that token. */
  RawHttp.Response get(String token) throws IOException {
    return send("GET", "/r", token);
  }

  /** Sends {@code GET} with that token and those field lines. */
  RawHttp.Response get(String path, String token, String... fieldLines) throws IOException {
    return send("GET", path, token, fieldLines);
  }

  /** Sends a request with that token and those field lines. */
  RawHttp.Response send(String method, String path, String token, String... fieldLines)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("Authorization: Bearer " + token));
    Collections.addAll(lines, fieldLines);
    return raw(method, path, lines.toArray(String[]::new));
  }

  /** Sends a request with those field lines. */
  RawHttp.Response raw(String method, String path, String... fieldLines) throws IOException {
    requests.incrementAndGet();
    return RawHttp.request(port(), method, path, fieldLines);
  }

  /** How often the authorization server was asked. */
  int calls() {
    return server.requests().size();
  }

  /** How often the application was reached. */
  int reached() {
    return application.calls();
  }

  Journal journal() {
    return builder.journal();
  }

  /** A field of the audit entry of the last request. */
  String audited(AuditField field) {
    AuditEvent entry = builder.journal().request(requests.get());
    return Journal.text(entry, field);
  }

  void assertPasses(RawHttp.Response response) {
    assertEquals(200, response.status(), response.body());
    assertEquals("allowed", audited(AuditField.OUTCOME));
    assertEquals("", audited(AuditField.FAILED_RULE_TYPE));
  }

  /** 401, and nothing about why. */
  void assertInvalidToken(RawHttp.Response response, String reason) {
    assertEquals(401, response.status());
    assertEquals(List.of(INVALID_TOKEN), response.challenges());
    assertEquals("no-store", response.header("Cache-Control"));
    assertEquals("denied", audited(AuditField.OUTCOME));
    assertEquals(reason, audited(AuditField.FAILED_RULE_TYPE));
  }

  /** 403 that tells what scopes are needed. */
  void assertInsufficientScope(RawHttp.Response response, String scope) {
    assertEquals(403, response.status());
    assertEquals(
        List.of(
            "Bearer error=\"insufficient_scope\","
                + " error_description=\"The request needs more privileges than the access token"
                + " gives.\", scope=\""
                + scope
                + "\", realm=\"api\""),
        response.challenges());
    assertEquals("no-store", response.header("Cache-Control"));
    assertEquals("scope_missing", audited(AuditField.FAILED_RULE_TYPE));
  }

  /** 503 for the authorization server's fault, and no word about the token. */
  void assertUnavailable(RawHttp.Response response, String reason) {
    assertEquals(503, response.status(), response.body());
    assertTrue(response.header("Retry-After").matches("[1-9][0-9]*"), response.toString());
    assertEquals(List.of(), response.challenges());
    assertEquals("no-store", response.header("Cache-Control"));
    assertTrue(response.body().contains("\"temporarily_unavailable\""), response.body());
    assertEquals("error", audited(AuditField.OUTCOME));
    assertEquals(reason, audited(AuditField.FAILED_RULE_TYPE));
    assertEquals("none", audited(AuditField.TOKEN_SOURCE));
  }

  @Override
  public void close() throws IOException {
    running.close();
    proxy.close();
    server.close();
  }
}
