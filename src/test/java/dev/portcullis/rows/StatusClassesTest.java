/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.api.Reason;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.http.UriCompliance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Requests at random, made of everything the rows are about, right and wrong: whatever comes of
 * them, it is of one class.
 */
class StatusClassesTest {

  private static final int REQUESTS = 600;

  /** What may stand in a challenge at a status, {@code none} for no error. */
  private static final Map<Integer, Set<String>> PERMITTED =
      Map.of(
          200, Set.of(),
          400, Set.of("invalid_request"),
          401, Set.of("none", "invalid_token"),
          403, Set.of("insufficient_scope"),
          500, Set.of(),
          503, Set.of());

  private static final String[] METHODS = {"GET", "GET", "GET", "HEAD", "PUT", "OPTIONS", "get"};

  private static final String[] PATHS = {
    "/r", "/r", "/r", "/scoped", "/scoped", "/client", "/optional/r", "/a;b=c", "/a%2fb", "/a/..;/r"
  };

  private static final String[] QUERIES = {
    "", "", "", "", "?a=1", "?access_token=s3cret-good", "?access%5Ftoken=s3cret-x", "?access_token"
  };

  private static final String[] SCHEMES = {
    "Bearer ", "Bearer ", "Bearer ", "bearer   ", "Bearer", "Bearer\t", "DPoP ", "Basic ", ""
  };

  private static final String[] TOKENS = {
    "s3cret-good",
    "s3cret-good",
    "s3cret-good",
    "s3cret-off",
    "s3cret-expired",
    "s3cret-refresh",
    "s3cret-issuer",
    "s3cret-bound",
    "s3cret-strange",
    "s3cret-garbage",
    "s3cret-rejected",
    "s3cret-type",
    "s3cret,x",
    "s3cret x",
    "s3cret\"x",
    "s3cret, Bearer x",
    ""
  };

  @Test
  @DisplayName("ERR-18, ERR-02, ERR-04, ERR-09, ERR-12, ERR-15: status classes never mix")
  void refusals_areOfOneClass() throws Exception {
    Random random = new Random(20261124);
    Map<Integer, Integer> seen = new TreeMap<>();
    Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    try (Api api = Api.start(StatusClassesTest::withRules)) {
      tell(api.server());
      for (int i = 0; i < REQUESTS; i++) {
        String method = pick(random, METHODS);
        String target = pick(random, PATHS) + pick(random, QUERIES);
        List<String> lines = authorization(random);
        Observed observed = api.send(method, target, lines.toArray(String[]::new));
        String request = method + " " + target + " " + lines + ": ";
        assertInItsClass(observed, request);
        seen.merge(observed.response().status(), 1, Integer::sum);
        String reason = observed.audited(AuditField.FAILED_RULE_TYPE);
        if (!reason.isEmpty()) {
          reasons.merge(Reason.valueOf(reason.toUpperCase(Locale.ROOT)), 1, Integer::sum);
        }
      }
    }
    assertEquals(Set.of(200, 400, 401, 403, 503), seen.keySet(), seen.toString());
    assertTrue(reasons.size() >= 11, reasons.toString());
  }

  private static void assertInItsClass(Observed observed, String request) {
    int status = observed.response().status();
    String all = request + observed.response();
    Set<String> permitted = PERMITTED.getOrDefault(status, Set.of());
    assertTrue(PERMITTED.containsKey(status), all);
    assertEquals(status == 200 ? 1 : 0, observed.passes(), all);
    for (String line : observed.response().challenges()) {
      ParsedChallenge challenge = ParsedChallenge.of(line);
      assertTrue(permitted.contains(challenge.parameter("error").orElse("none")), all);
      assertEquals(
          challenge.parameter("error").orElse("none").equals("insufficient_scope"),
          challenge.parameter("scope").isPresent(),
          all);
    }
    boolean mayBeChallenged = !permitted.isEmpty();
    assertTrue(observed.response().challenges().size() <= (mayBeChallenged ? 1 : 0), all);
    boolean mustBeChallenged = status == 400 || status == 401;
    assertTrue(!mustBeChallenged || !observed.response().challenges().isEmpty(), all);
    assertEquals(status == 200, observed.response().all("cache-control").isEmpty(), all);
    assertEquals(status == 503, observed.response().all("retry-after").size() == 1, all);
    assertEquals(status == 200, observed.audited(AuditField.FAILED_RULE_TYPE).isEmpty(), all);
    assertFalse(observed.entries().toString().contains("s3cret"), observed.entries()::toString);
    assertFalse(observed.log().toString().contains("s3cret"), observed.log()::toString);
    assertFalse(observed.response().toString().contains("s3cret"), all);
  }

  private static List<String> authorization(Random random) {
    List<String> lines = new ArrayList<>();
    int fields = random.nextInt(12) == 0 ? 2 : random.nextInt(8) == 0 ? 0 : 1;
    for (int i = 0; i < fields; i++) {
      lines.add("Authorization: " + pick(random, SCHEMES) + pick(random, TOKENS));
    }
    return lines;
  }

  private static void withRules(TestingApplication.Builder builder) {
    builder
        .with("require.issuer", "https://as.example.com")
        .with("paths.optional", "/optional/*")
        .with("rule.scoped.paths", "/scoped")
        .with("rule.scoped.scopes", "write")
        .with("rule.client.paths", "/client")
        .with("rule.client.client-ids", "other");
    builder.http().setUriCompliance(UriCompliance.UNSAFE);
  }

  private static void tell(TestingAuthorizationServer server) {
    String active = "{\"active\":true,\"iss\":\"https://as.example.com\",\"client_id\":\"app\"";
    server
        .token("s3cret-good", active + ",\"scope\":\"read\"}")
        .token("s3cret-expired", active + ",\"exp\":1700000000}")
        .token("s3cret-refresh", active + ",\"token_use\":\"refresh_token\"}")
        .token("s3cret-issuer", active.replace("as.", "as2.") + "}")
        .token("s3cret-bound", active + ",\"cnf\":{\"x5t#S256\":\"" + "A".repeat(43) + "\"}}")
        .token("s3cret-strange", active + ",\"cnf\":{\"kid\":\"k\"}}")
        .token("s3cret-type", active + ",\"token_type\":\"DPoP\"}")
        .token("s3cret-garbage", Answers.json("{\"active\":1}"))
        .token("s3cret-rejected", Answers.status(401));
  }

  private static String pick(Random random, String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
