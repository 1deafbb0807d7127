/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the audit trail says of requests, of calls to the authorization server, of the filter. */
@Timeout(60)
class AuditTest {

  private static final String GOOD = "Authorization: Bearer good";
  private static final String BAD = "Authorization: Bearer bad";

  /** Beginning of the digest of the token {@code good}, in base64url. */
  private static final String GOOD_ID = "atid:dw5gdiTWiSZcpsRI";

  private TestingAuthorizationServer server;
  private TestingApplication.Builder builder;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token(
        "good",
        "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\",\"scope\":\"read write\","
            + "\"tenant\":\"acme\",\"address\":{\"city\":\"Bonn\"}}");
    builder = TestingApplication.builder().asking(server.url("/introspect?realm=x")).at("/shop");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void allowedRequest_isDescribedFieldByField() throws Exception {
    try (TestingApplication application = builder.start()) {
      assertEquals(200, application.get("/shop/orders/%41?q=1", GOOD).status());

      assertEquals(
          List.of(
              "time=*",
              "event=request",
              "exchangeId=*",
              "trackingId=" + GOOD_ID,
              "roundTripMS=*",
              "proxyRoundTripMS=*",
              "introspectionMS=*",
              "resource=http://localhost/shop/orders/A",
              "subject=alice",
              "clientId=app",
              "scopes=[read, write]",
              "authMech=OAuth-Bearer",
              "tokenSource=introspection",
              "client=127.0.0.1",
              "method=GET",
              "requestUri=/shop/orders/%41",
              "responseCode=200",
              "outcome=allowed",
              "applicationName=testing",
              "resourceName=*",
              "pathPrefix=/shop",
              "host=*"),
          described(builder.journal().request(1)));
    }
  }

  @Test
  void deniedRequest_isDescribedFieldByField() throws Exception {
    builder.with("require.scopes", "admin");
    try (TestingApplication application = builder.start()) {
      assertEquals(403, application.get("/shop/orders", GOOD).status());

      List<String> fields = described(builder.journal().request(1));
      assertTrue(
          fields.containsAll(
              List.of(
                  "subject=alice",
                  "responseCode=403",
                  "outcome=denied",
                  "failedRuleType=scope_missing",
                  "failedRuleName=require.scopes")),
          fields::toString);
    }
  }

  @Test
  void requestWithoutToken_isDescribedFieldByField() throws Exception {
    try (TestingApplication application = builder.start()) {
      assertEquals(401, application.get("/shop/orders").status());

      assertEquals(
          List.of(
              "time=*",
              "event=request",
              "exchangeId=*",
              "roundTripMS=*",
              "proxyRoundTripMS=*",
              "introspectionMS=*",
              "resource=http://localhost/shop/orders",
              "authMech=unknown",
              "tokenSource=none",
              "client=127.0.0.1",
              "method=GET",
              "requestUri=/shop/orders",
              "responseCode=401",
              "outcome=denied",
              "failedRuleType=token_missing",
              "applicationName=testing",
              "resourceName=*",
              "pathPrefix=/shop",
              "host=*"),
          described(builder.journal().request(1)));
      assertEquals(
          "0 0",
          text(
              builder.journal().request(1),
              AuditField.PROXY_ROUND_TRIP_MS,
              AuditField.INTROSPECTION_MS));
    }
  }

  @Test
  void requestWithoutAnswer_isDescribedFieldByField() throws Exception {
    server.always(Answers.status(500));
    builder.with("failover.max-retries", "0");
    try (TestingApplication application = builder.start()) {
      assertEquals(503, application.get("/shop/orders", GOOD).status());

      AuditEvent request = builder.journal().request(1);
      assertEquals(
          List.of(
              "time=*",
              "event=request",
              "exchangeId=*",
              "trackingId=" + GOOD_ID,
              "roundTripMS=*",
              "proxyRoundTripMS=*",
              "introspectionMS=*",
              "resource=http://localhost/shop/orders",
              "authMech=OAuth-Bearer",
              "tokenSource=none",
              "client=127.0.0.1",
              "method=GET",
              "requestUri=/shop/orders",
              "responseCode=503",
              "outcome=error",
              "failedRuleType=as_bad_response",
              "failedRuleName=as.introspection-endpoint",
              "applicationName=testing",
              "resourceName=*",
              "pathPrefix=/shop",
              "host=*"),
          described(request));
      AuditEvent call = builder.journal().events(AuditEvent.Type.AS_REQUEST).get(0);
      assertEquals("500 status", text(call, AuditField.RESPONSE_CODE, AuditField.OUTCOME));
    }
  }

  @Test
  void callToTheAuthorizationServer_isDescribedFieldByField() throws Exception {
    try (TestingApplication application = builder.start()) {
      application.get("/shop/orders", GOOD);
      AuditEvent request = builder.journal().request(1);
      AuditEvent call = builder.journal().events(AuditEvent.Type.AS_REQUEST).get(0);

      assertEquals(
          List.of(
              "time=*",
              "event=as-request",
              "exchangeId=*",
              "trackingId=" + GOOD_ID,
              "roundTripMS=*",
              "subject=alice",
              "clientId=app",
              "method=POST",
              "requestUri=/introspect",
              "responseCode=200",
              "outcome=active",
              "targetHost=" + server.hostAndPort(),
              "targetScheme=http",
              "viaProxy=false",
              "attempt=1"),
          described(call));
      assertEquals(text(request, AuditField.EXCHANGE_ID), text(call, AuditField.EXCHANGE_ID));
    }
  }

  @Test
  void exchangeIds_differFromRequestToRequest() throws Exception {
    try (TestingApplication application = builder.start()) {
      application.get("/shop/a", GOOD);
      application.get("/shop/b", GOOD);
      List<AuditEvent> requests = builder.journal().requests(2);

      assertNotEquals(
          text(requests.get(0), AuditField.EXCHANGE_ID),
          text(requests.get(1), AuditField.EXCHANGE_ID));
    }
  }

  @Test
  void cachedAnswer_isTheSourceOfTheToken() throws Exception {
    builder.with("cache.tokens", "true");
    try (TestingApplication application = builder.start()) {
      application.get("/shop/a", GOOD);
      application.get("/shop/b", GOOD);

      AuditEvent second = builder.journal().request(2);
      assertEquals("cache 0", text(second, AuditField.TOKEN_SOURCE, AuditField.INTROSPECTION_MS));
      assertEquals(1, builder.journal().events(AuditEvent.Type.AS_REQUEST).size());
    }
  }

  @Test
  void systemEntries_frameAllOthers() throws Exception {
    try (TestingApplication application = builder.start()) {
      application.get("/shop/a", GOOD);
    }
    List<AuditEvent> entries = builder.journal().events();

    assertEquals(
        List.of("system configuration-loaded", "as-request ", "request ", "system filter-stopped"),
        entries.stream().map(entry -> text(entry, AuditField.EVENT, AuditField.KIND)).toList());
    assertEquals(
        List.of("time=*", "event=system", "kind=configuration-loaded", "detail=*", "settings=*"),
        described(entries.get(0)));
  }

  @Test
  void requestsOff_recordsCallsOnly() throws Exception {
    builder.with("audit.requests", "false");
    try (TestingApplication application = builder.start()) {
      assertEquals(200, application.get("/shop/a", GOOD).status());
      assertEquals(401, application.get("/shop/a").status());
    }

    assertEquals(List.of(), builder.journal().events(AuditEvent.Type.REQUEST));
    assertEquals(1, builder.journal().events(AuditEvent.Type.AS_REQUEST).size());
  }

  @Test
  void callsOff_recordsRequestsOnly() throws Exception {
    builder.with("as.audit", "false");
    try (TestingApplication application = builder.start()) {
      assertEquals(200, application.get("/shop/a", GOOD).status());
    }

    assertEquals(1, builder.journal().events(AuditEvent.Type.REQUEST).size());
    assertEquals(List.of(), builder.journal().events(AuditEvent.Type.AS_REQUEST));
  }

  @Test
  void tokenReferenceOff_leavesTokenOut() throws Exception {
    builder.with("audit.token-reference", "none");
    try (TestingApplication application = builder.start()) {
      application.get("/shop/a", GOOD);
      builder.journal().requests(1);
    }

    assertTrue(
        builder.journal().events().stream()
            .noneMatch(entry -> entry.get(AuditField.TRACKING_ID).isPresent()));
  }

  @Test
  void query_isRecordedOnlyWhenWanted() throws Exception {
    builder.with("audit.include-query", "true");
    try (TestingApplication application = builder.start()) {
      application.get("/shop/a?b=%20c", GOOD);
      application.get("/shop/a", GOOD);

      List<AuditEvent> requests = builder.journal().requests(2);
      assertEquals("/shop/a?b=%20c", text(requests.get(0), AuditField.REQUEST_URI));
      assertEquals("http://localhost/shop/a", text(requests.get(0), AuditField.RESOURCE));
      assertEquals("/shop/a", text(requests.get(1), AuditField.REQUEST_URI));
      AuditEvent call = builder.journal().events(AuditEvent.Type.AS_REQUEST).get(0);
      assertEquals("/introspect", text(call, AuditField.REQUEST_URI));
    }
  }

  @Test
  void attributes_areRecordedWhenNamed() throws Exception {
    builder.with("audit.attributes", "tenant, address.city, absent");
    builder.with("subject.attribute-name", "tenant");
    try (TestingApplication application = builder.start()) {
      application.get("/shop/a", GOOD);

      AuditEvent request = builder.journal().request(1);
      assertEquals(
          Map.of("tenant", "acme", "address.city", "Bonn"),
          request.get(AuditField.ATTRIBUTES).orElseThrow());
      assertEquals("acme", text(request, AuditField.SUBJECT));
      AuditEvent call = builder.journal().events(AuditEvent.Type.AS_REQUEST).get(0);
      assertEquals("acme", text(call, AuditField.SUBJECT));
    }
  }

  @Test
  void failingSink_isNoticedAndRequestsGoOn() throws Exception {
    try (TestingApplication application = builder.start()) {
      builder.journal().refuse(true);
      for (int i = 0; i < 3; i++) {
        assertEquals(200, application.get("/shop/a", GOOD).status());
      }
      assertEquals(List.of(), builder.journal().events(AuditEvent.Type.REQUEST));
    }
  }

  @Test
  @DisplayName("LOG-04: where entries are mandatory a failing sink means 503, until it works again")
  void failingSink_withReject_refusesRequestsUntilItWorks() throws Exception {
    builder.with("audit.on-failure", "reject").with("cache.tokens", "true");
    try (TestingApplication application = builder.start()) {
      Journal journal = builder.journal();
      assertEquals(200, application.get("/shop/a", GOOD).status());
      journal.requests(1);
      journal.refuse(true);
      journal.awaitRefusals(requestsUntil(503, application));

      journal.refuse(false);
      RawHttp.Response refused = application.get("/shop/a", GOOD);
      assertEquals(503, refused.status());
      assertEquals("1", refused.header("Retry-After"));
      assertEquals(List.of(), refused.challenges());
      assertEquals(
          "503 error audit_unavailable audit.on-failure alice",
          text(
              journal.request(2),
              AuditField.RESPONSE_CODE,
              AuditField.OUTCOME,
              AuditField.FAILED_RULE_TYPE,
              AuditField.FAILED_RULE_NAME,
              AuditField.SUBJECT));
      assertTrue(requestsUntil(200, application) > 0);
    }
  }

  /** Sends requests until one has that status: how many it took. */
  private static int requestsUntil(int status, TestingApplication application) throws Exception {
    for (int number = 1; number < 1000; number++) {
      if (application.get("/shop/a", GOOD).status() == status) {
        return number;
      }
    }
    throw new AssertionError("no request had status " + status);
  }

  @Test
  @DisplayName("LOG-01: a thousand mixed requests leave a thousand entries")
  void thousandRequests_leaveThousandEntries() throws Exception {
    builder.with("cache.tokens", "true").with("require.scopes", "read");
    server.token("poor", "{\"active\":true,\"client_id\":\"app\",\"scope\":\"\"}");
    server.token("broken", Answers.typed("text/html", "sorry"));
    List<String> fields =
        List.of(GOOD, BAD, "X: none", "Authorization: Bearer poor", "Authorization: Bearer broken");
    try (TestingApplication application = builder.start()) {
      Map<Integer, Long> statuses = send(application, fields, 4, 250);

      assertEquals(Map.of(200, 200L, 401, 400L, 403, 200L, 503, 200L), statuses);
    }
    List<AuditEvent> entries = builder.journal().events(AuditEvent.Type.REQUEST);
    assertEquals(
        Map.of(
            "200 allowed  OAuth-Bearer app alice", 200L,
            "401 denied token_inactive OAuth-Bearer  ", 200L,
            "401 denied token_missing unknown  ", 200L,
            "403 denied scope_missing OAuth-Bearer app ", 200L,
            "503 error as_bad_response OAuth-Bearer  ", 200L),
        count(
            entries,
            entry ->
                text(
                    entry,
                    AuditField.RESPONSE_CODE,
                    AuditField.OUTCOME,
                    AuditField.FAILED_RULE_TYPE,
                    AuditField.AUTH_MECH,
                    AuditField.CLIENT_ID,
                    AuditField.SUBJECT)));
    assertEquals(1000, count(entries, entry -> text(entry, AuditField.EXCHANGE_ID)).size());
    for (AuditField field :
        Set.of(
            AuditField.TIME,
            AuditField.METHOD,
            AuditField.REQUEST_URI,
            AuditField.CLIENT,
            AuditField.ROUND_TRIP_MS,
            AuditField.INTROSPECTION_MS)) {
      assertTrue(entries.stream().allMatch(entry -> entry.get(field).isPresent()), field.key());
    }
  }

  /** Sends requests in turn over some connections at once; how often each status came back. */
  private static Map<Integer, Long> send(
      TestingApplication application, List<String> fields, int connections, int each)
      throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(connections);
    Callable<List<Integer>> client =
        () -> {
          List<Integer> statuses = new ArrayList<>();
          try (RawHttp http = new RawHttp(application.port())) {
            for (int i = 0; i < each; i++) {
              statuses.add(http.send("GET", "/shop/r", fields.get(i % fields.size())).status());
            }
          }
          return statuses;
        };
    try {
      List<Integer> statuses = new ArrayList<>();
      for (Future<List<Integer>> done :
          clients.invokeAll(Collections.nCopies(connections, client))) {
        statuses.addAll(done.get());
      }
      return count(statuses, status -> status);
    } finally {
      clients.shutdownNow();
    }
  }

  private static <T, K> Map<K, Long> count(List<T> items, Function<T, K> key) {
    return items.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
  }

  /** The fields of an entry, a star for what is different each time, once it makes sense. */
  private static List<String> described(AuditEvent entry) {
    return entry.fields().entrySet().stream()
        .map(field -> field.getKey().key() + "=" + value(field.getKey(), field.getValue()))
        .toList();
  }

  private static String value(AuditField field, Object value) {
    boolean varies =
        switch (field) {
          case TIME -> Duration.between((Instant) value, Instant.now()).abs().toMinutes() < 1;
          case EXCHANGE_ID -> ((String) value).matches("[0-9a-f]{16}");
          case ROUND_TRIP_MS, INTROSPECTION_MS, PROXY_ROUND_TRIP_MS ->
              (Long) value >= 0 && (Long) value < 60_000;
          case RESOURCE_NAME, HOST, DETAIL -> !((String) value).isEmpty();
          case SETTINGS -> !((Map<?, ?>) value).isEmpty();
          default -> false;
        };
    return varies ? "*" : value.toString();
  }

  private static String text(AuditEvent entry, AuditField... fields) {
    return List.of(fields).stream()
        .map(field -> Journal.text(entry, field))
        .collect(Collectors.joining(" "));
  }
}
