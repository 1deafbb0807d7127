/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static dev.portcullis.testing.ClientCertificates.CLIENT_THUMBPRINT;
import static dev.portcullis.testing.ClientCertificates.RFC_8705_THUMBPRINT;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.rows.DecisionCase.Scheme;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.ClientCertificates;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.ScriptedServlet;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The application of the decision table. Each request has a number that the protected servlet and
 * the audit entries show, so that what it led to is known even among others. The outcomes are told
 * once it is closed, when no entry can follow. Safe for use by several threads.
 */
final class DecisionRig implements AutoCloseable {

  private static final String BASE = "https://api.example.com";

  private final DpopClient client = DpopClient.of("ES256");
  private final DpopClient stranger = DpopClient.of("ES256");
  private final Set<String> reached = ConcurrentHashMap.newKeySet();
  private final Map<String, Response> responses = new ConcurrentHashMap<>();
  private final TestingAuthorizationServer server;
  private final TestingApplication application;
  private final Journal journal;

  private DecisionRig(boolean remembers) throws Exception {
    server = TestingAuthorizationServer.plain();
    DecisionCase.all().forEach(line -> server.token(line.token(), answer(line)));
    TestingApplication.Builder builder =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .behind(new Disguise(DecisionRig::certified))
            .serving("/", new ScriptedServlet(this::reach));
    List.of("/open/page", "/general/page", "/optional/page")
        .forEach(page -> builder.serving(page, new ScriptedServlet(DecisionRig::lead)));
    journal = builder.journal();
    application = configure(builder, remembers).start();
  }

  /** Starts one that asks about every token, every time. */
  static DecisionRig asking() throws Exception {
    return new DecisionRig(false);
  }

  /** Starts one that remembers answers, but for a second only. */
  static DecisionRig remembering() throws Exception {
    return new DecisionRig(true);
  }

  private static TestingApplication.Builder configure(
      TestingApplication.Builder builder, boolean remembers) {
    return builder
        .with("cache.tokens", Boolean.toString(remembers))
        .with("cache.token-time-to-live", "1")
        .with("request.base-urls", BASE)
        .with("audit.include-query", "true")
        .with("audit.queue-size", "1000000")
        .with("dpop.type", "enabled")
        .with("dpop.require-nonce", "false")
        .with("paths.excluded", "/open/*")
        .with("paths.optional", "/optional/*")
        .with("rules.default", "deny")
        .with("rule.general.paths", "/general/*, /optional/*")
        .with("rule.off.paths", "/off/*")
        .with("rule.off.dpop-type", "off")
        .with("rule.required.paths", "/required/*")
        .with("rule.required.dpop-type", "required")
        .with("rule.scope.paths", "/scope/*")
        .with("rule.scope.scopes", "write")
        .with("rule.acr.paths", "/acr/*")
        .with("rule.acr.acr-values", "gold")
        .with("rule.both.paths", "/both/*")
        .with("rule.both.scopes", "write")
        .with("rule.both.acr-values", "gold");
  }

  /** In one piece: two would wait for each other. */
  private Answer answer(DecisionCase line) {
    String key = "\"jkt\":\"" + client.thumbprint() + "\"";
    String certificate = "\"x5t#S256\":\"" + CLIENT_THUMBPRINT + "\"";
    String members =
        switch (line.binding()) {
          case NONE -> "";
          case KEY -> key;
          case OTHER_KEY -> "\"jkt\":\"" + stranger.thumbprint() + "\"";
          case CERTIFICATE -> certificate;
          case OTHER_CERTIFICATE -> "\"x5t#S256\":\"" + RFC_8705_THUMBPRINT + "\"";
          case KEY_AND_CERTIFICATE -> key + "," + certificate;
          case UNKNOWN -> "\"kid\":\"k1\"";
          case INACTIVE -> "";
        };
    String json =
        "{\"active\":%s%s%s%s}"
            .formatted(
                line.binding() != DecisionCase.Binding.INACTIVE,
                members.isEmpty() ? "" : ",\"cnf\":{" + members + "}",
                line.scope().isEmpty() ? "" : ",\"scope\":\"" + line.scope() + "\"",
                line.acr().isEmpty() ? "" : ",\"acr\":\"" + line.acr() + "\"");
    return Answers.raw(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + json.length()
            + "\r\n\r\n"
            + json);
  }

  private static HttpServletRequest certified(HttpServletRequest request) {
    request.setAttribute(
        "jakarta.servlet.request.X509Certificate",
        new X509Certificate[] {ClientCertificates.CLIENT});
    return request;
  }

  private void reach(HttpServletRequest request, HttpServletResponse response) throws IOException {
    reached.add(request.getHeader("X-Number"));
    response.getWriter().print("reached");
  }

  /** Leads where a field of the request says. */
  private static void lead(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String target = request.getHeader("X-Target") + "?" + request.getQueryString();
    switch (request.getHeader("X-Way").split("_")[0]) {
      case "FORWARD" -> request.getRequestDispatcher(target).forward(request, response);
      case "ASYNC" -> request.startAsync(request, response).dispatch(target);
      default -> include(target, request, response);
    }
  }

  private static void include(
      String target, HttpServletRequest request, HttpServletResponse response) throws IOException {
    try {
      request.getRequestDispatcher(target).include(request, response);
    } catch (ServletException e) {
      response.setStatus(500); // as the container would, with less in the log
    }
  }

  /** Sends the request of a line, under a number of its own, and returns whether it may go on. */
  boolean send(RawHttp http, int number, DecisionCase line) throws IOException {
    List<String> fields = new ArrayList<>();
    fields.add("X-Number: " + number);
    fields.add("X-Target: " + line.rule().path());
    fields.add("X-Way: " + line.way());
    switch (line.scheme()) {
      case NONE -> {}
      case OTHER -> fields.add("Authorization: Token " + line.token());
      case BEARER -> fields.add("Authorization: Bearer " + line.token());
      default -> fields.add("Authorization: DPoP " + line.token());
    }
    if (line.scheme() == Scheme.DPOP) {
      fields.add(client.proof("GET", BASE + line.path(), line.token()).line());
    }
    Response response =
        http.send("GET", line.path() + "?id=" + number, fields.toArray(String[]::new));
    responses.put(Integer.toString(number), response);
    return !response.header("Connection").equalsIgnoreCase("close");
  }

  /** A connection to the application. */
  RawHttp connect() throws IOException {
    return new RawHttp(application.port());
  }

  /** How often the authorization server was asked so far. */
  int questions() {
    return server.requests().size();
  }

  /** What each number led to, when all requests have ended. */
  Map<Integer, DecisionOutcome> outcomes() {
    application.close();
    Map<String, List<String>> entries =
        journal.events(AuditEvent.Type.REQUEST).stream()
            .collect(
                Collectors.groupingBy(
                    event -> Journal.text(event, AuditField.REQUEST_URI).split("=")[1],
                    Collectors.mapping(DecisionRig::entry, Collectors.toList())));
    return responses.keySet().stream()
        .collect(
            Collectors.toMap(
                Integer::valueOf,
                number -> outcome(number, entries.getOrDefault(number, List.of()))));
  }

  private DecisionOutcome outcome(String number, List<String> entries) {
    Response response = responses.get(number);
    List<String> challenges =
        response.challenges().stream().map(ParsedChallenge::of).map(DecisionRig::text).toList();
    boolean isReached = reached.contains(number);
    if (isReached != response.body().contains("reached")) {
      throw new AssertionError(isReached + " but " + response);
    }
    return new DecisionOutcome(response.status(), challenges, entries, isReached);
  }

  private static String entry(AuditEvent event) {
    String outcome = Journal.text(event, AuditField.OUTCOME);
    String reason = Journal.text(event, AuditField.FAILED_RULE_TYPE);
    String status = Journal.text(event, AuditField.RESPONSE_CODE);
    String what = outcome.equals("denied") ? reason : outcome + reason;
    return what + " " + status;
  }

  private static String text(ParsedChallenge challenge) {
    StringBuilder text = new StringBuilder(challenge.scheme());
    challenge.parameter("algs").ifPresent(value -> text.append(" algs"));
    for (String name : List.of("error", "acr_values", "scope")) {
      Optional<String> value = challenge.parameter(name);
      value.ifPresent(shown -> text.append(' ').append(name).append('=').append(shown));
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    application.close();
    server.close();
  }
}
