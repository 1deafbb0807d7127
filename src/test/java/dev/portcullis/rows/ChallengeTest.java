/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.api.Reason;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.TestingApplication;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.UriCompliance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What challenges say, and what they never say. */
class ChallengeTest {

  private static final String METADATA =
      "https://api.example.com/.well-known/oauth-protected-resource";

  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    api =
        Api.start(
            builder -> {
              builder.with("require.scopes", "write");
              builder.http().setUriCompliance(UriCompliance.UNSAFE);
            });
    api.server().token("read", "{\"active\":true,\"sub\":\"alice\",\"scope\":\"read\"}");
    api.server().token("write", "{\"active\":true,\"sub\":\"alice\",\"scope\":\"write\"}");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  @DisplayName("ERR-01: no credentials, no error")
  void noCredentials_areNoError() throws Exception {
    api.get("/r").isUnauthenticated();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Authorization:",
        "Authorization: Basic x",
        "Authorization: DPoP tok",
        "Authorization: Bearer bad"
      })
  @DisplayName("ERR-02: every 401 has a challenge, and each challenge a parameter")
  void unauthorized_isChallenged(String line) throws Exception {
    Observed observed = line.isEmpty() ? api.get("/r") : api.get("/r", line);
    assertEquals(401, observed.response().status());
    assertEquals("api", observed.challenge().parameter("realm").orElse(""));
  }

  @Test
  @DisplayName("ERR-02: the realm is the one that is configured")
  void realm_isConfigured() throws Exception {
    try (Api other = Api.start(builder -> builder.with("challenge.realm", "orders of #1, 'x' !"))) {
      RawHttp.Response response = other.get("/r").response();
      assertEquals(List.of("Bearer realm=\"orders of #1, 'x' !\""), response.challenges());
    }
  }

  @Test
  @DisplayName("ERR-04: no parameter twice, one challenge a line; ERR-13: metadata in each")
  void challenge_hasEachParameterOnce() throws Exception {
    try (Api full = Api.start(ChallengeTest::withEverything)) {
      full.server().token("read", "{\"active\":true,\"scope\":\"read\"}");
      Map<String, String> error =
          Map.of(
              "realm",
              "orders",
              "resource_metadata",
              METADATA,
              "error",
              "",
              "error_description",
              "");
      assertEquals(
          Map.of("realm", "orders", "resource_metadata", METADATA),
          full.get("/r").challenge().parameters());
      for (String credentials :
          new String[] {"Bearer", "Bearer a,b", "Bearer bad", "Bearer a, Bearer b"}) {
        Map<String, String> parameters = full.authorized(credentials).challenge().parameters();
        assertEquals(error.keySet(), parameters.keySet());
        assertEquals(METADATA, parameters.get("resource_metadata"));
      }
      Map<String, String> scope = full.authorized("Bearer read").challenge().parameters();
      assertEquals("write admin", scope.get("scope"));
      assertEquals(METADATA, scope.get("resource_metadata"));
      assertEquals(5, scope.size());
    }
  }

  private static void withEverything(TestingApplication.Builder builder) {
    builder
        .with("challenge.realm", "orders")
        .with("challenge.resource-metadata", METADATA)
        .with("require.scopes", "write, admin");
  }

  @Test
  @DisplayName("ERR-05: a token the authorization server does not vouch for")
  void inactiveToken_isInvalid() throws Exception {
    Observed observed = api.authorized("Bearer bad-4711").isInvalid(Reason.TOKEN_INACTIVE, 1);
    assertEquals("OAuth-Bearer", observed.audited(AuditField.AUTH_MECH));
    observed.tellsNowhere("bad-4711");
  }

  @Test
  @DisplayName("ERR-05: a token it calls inactive, whatever else it says")
  void tokenCalledInactive_isInvalid() throws Exception {
    api.server().token("off", "{\"active\":false,\"scope\":\"write\",\"sub\":\"alice\"}");
    api.authorized("Bearer off").isInvalid(Reason.TOKEN_INACTIVE, 1);
  }

  @Test
  @DisplayName("ERR-06: a missing scope is named")
  void missingScope_isNamed() throws Exception {
    Observed observed = api.authorized("Bearer read").lacksScope("write");
    assertEquals("require.scopes", observed.audited(AuditField.FAILED_RULE_NAME));
    api.authorized("Bearer write").isPassed(1);
  }

  @Test
  @DisplayName("ERR-06: the scopes that are needed are told with no other refusal")
  void scope_isToldNowhereElse() throws Exception {
    for (String credentials :
        new String[] {"Bearer", "Bearer bad", "Bearer a, Bearer b", "Basic x"}) {
      assertTrue(api.authorized(credentials).challenge().parameter("scope").isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\"b", "a\\b", "a\u0001b", "a\tb", "a\r\nX: y", "é", "a\u007fb", "\u20ac"})
  @DisplayName("ERR-09: a realm that would need escaping stops the start")
  void realmOutsideOfQuotedString_stopsTheStart(String realm) {
    assertStopped(
        builder -> builder.with("challenge.realm", realm),
        "challenge.realm: must be printable ASCII without \" and \\.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wri\"te", "wri\\te", "wri\u0001te", "writ\u00e9", "wri\u007fte"})
  @DisplayName("ERR-09: so does such a scope, in a rule too")
  void scopeOutsideOfScopeToken_stopsTheStart(String scope) {
    assertStopped(builder -> builder.with("require.scopes", scope), "require.scopes: '");
    assertStopped(
        builder -> builder.with("rule.a.paths", "/a").with("rule.a.scopes", scope),
        "rule.a.scopes: '");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/.well-known/oauth-protected-resource", "api.example.com", "ftp://x/y", "https:"})
  @DisplayName("ERR-09: an address in a challenge is absolute")
  void relativeAddress_stopsTheStart(String url) {
    assertStopped(
        builder -> builder.with("challenge.resource-metadata", url),
        "challenge.resource-metadata: must be an absolute URL.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://x/\"",
        "https://x/\\",
        "https://x/\u0001",
        "https://x/a b",
        "https://x/é"
      })
  @DisplayName("ERR-09: and has no character that would need escaping")
  void addressOutsideOfQuotedString_stopsTheStart(String url) {
    assertStopped(
        builder -> builder.with("challenge.resource-metadata", url),
        "challenge.resource-metadata: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x%0d%0aSet-Cookie:a=b",
        "/x%0aSet-Cookie:%20a=b",
        "/x%5cy",
        "/x?access_token=%0d%0aSet-Cookie:%20a=b"
      })
  @DisplayName("ERR-10: nothing of the path or the query is reflected")
  void hostileTarget_isNotReflected(String target) throws Exception {
    assertEquals(head("/r", "Authorization: Bearer"), head(target, "Accept: */*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer a\"b",
        "Bearer a\", error=\"none",
        "Bearer a, Bearer b\", realm=\"x",
        "Bearer \u00e9\u20ac"
      })
  @DisplayName("ERR-10: nothing of malformed credentials is reflected")
  void hostileCredentials_areNotReflected(String credentials) throws Exception {
    assertEquals(head("/r", "Authorization: Bearer"), head("/r", "Authorization: " + credentials));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Basic \"x\"",
        "Authorization: \"Bearer\" x",
        "Origin: https://evil.example",
        "Referer: https://evil.example/\"",
        "User-Agent: \", error=\"x",
        "Access-Control-Request-Headers: X-Evil",
        "X-Forwarded-Host: evil.example",
        "Cookie: a=b"
      })
  @DisplayName("ERR-10: nothing of other fields is reflected")
  void hostileField_isNotReflected(String line) throws Exception {
    assertEquals(head("/r", "Accept: */*"), head("/r", line));
  }

  @Test
  @DisplayName("ERR-10: nothing of the name of the host is reflected")
  void hostileHost_isNotReflected() throws Exception {
    try (Api named =
        Api.start(
            builder ->
                builder
                    .with("request.base-urls", "https://api.example.com")
                    .with("challenge.resource-metadata", METADATA))) {
      Observed plain = named.get("/r");
      Observed hostile = named.get("/r", "Host: evil.example");
      assertEquals(plain.response().challenges(), hostile.response().challenges());
      hostile.tellsNowhere("evil.example");
    }
  }

  /** All the octets of the response's header, but its date. */
  private static String head(String target, String line) throws Exception {
    try (RawHttp http = new RawHttp(api.port())) {
      Observed observed = api.observe(http, one -> one.send("GET", target, line));
      assertEquals(0, observed.passes());
      String head = http.received().substring(0, http.received().indexOf("\r\n\r\n"));
      return head.lines()
          .filter(field -> !field.startsWith("Date:"))
          .collect(Collectors.joining("\n"));
    }
  }

  private static void assertStopped(
      UnaryOperator<TestingApplication.Builder> settings, String problem) {
    Exception stopped = assertThrows(Exception.class, () -> start(settings));
    assertTrue(String.valueOf(stopped.getMessage()).contains(problem), stopped.toString());
  }

  private static void start(UnaryOperator<TestingApplication.Builder> settings) throws Exception {
    TestingApplication.Builder builder =
        TestingApplication.builder().asking("http://127.0.0.1:1/introspect");
    settings.apply(builder).start().close();
  }
}
