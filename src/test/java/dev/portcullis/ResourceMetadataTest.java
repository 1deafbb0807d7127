/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the filter says of itself to clients (RFC 9728). */
class ResourceMetadataTest {

  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
  private static final String ISSUER = "https://as.example.com";

  private TestingAuthorizationServer server;
  private TestingApplication.Builder builder;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    builder =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .with("as.issuer", ISSUER)
            .with("metadata.enabled", "true")
            .with("metadata.resource", "https://api.example.com/v1");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @DisplayName("PRM-01: the well-known part stands between host and path, challenges name the URL")
  @CsvSource({
    "https://api.example.com/v1,    /v1",
    "https://api.example.com,       ''",
    "https://api.example.com/,      ''",
    "https://api.example.com/a/b/,  /a/b/",
    "https://api.example.com:8443/a, /a",
    "https://api.example.com/a%20b, /a%20b",
    "http://localhost:8080/a,       /a"
  })
  void document_standsAtItsPath(String resource, String path) throws Exception {
    try (TestingApplication application = builder.with("metadata.resource", resource).start()) {
      assertEquals(resource, document(application, WELL_KNOWN + path).get("resource"));
      String origin = resource.replaceFirst("(://[^/]*).*", "$1");
      assertEquals(
          List.of("Bearer resource_metadata=\"" + origin + WELL_KNOWN + path + "\", realm=\"api\""),
          application.get("/r").challenges());
    }
  }

  @Test
  @DisplayName("PRM-01: a query of the resource is one of the URL, too")
  void query_standsBehindThePath() throws Exception {
    String resource = "https://api.example.com/v1?tenant=a%20b";
    try (TestingApplication application = builder.with("metadata.resource", resource).start()) {
      String url = "https://api.example.com" + WELL_KNOWN + "/v1?tenant=a%20b";
      assertEquals(
          List.of("Bearer resource_metadata=\"" + url + "\", realm=\"api\""),
          application.get("/r").challenges());
    }
  }

  @Test
  @DisplayName("PRM-01: an application that is not at the root needs a rule in the proxy")
  void applicationBelowTheRoot_isToldTheRule() throws Exception {
    try (CapturedLog log = CapturedLog.of(PublicDocuments.class.getName());
        TestingApplication application = builder.at("/shop").start()) {
      assertEquals(
          List.of(
              "metadata.resource: clients look for the document at https://api.example.com"
                  + WELL_KNOWN
                  + "/v1; let the proxy in front take that to /shop"
                  + WELL_KNOWN
                  + "/v1."),
          log.lines());
      assertEquals(200, application.get("/shop" + WELL_KNOWN + "/v1").status());
    }
  }

  @Test
  @DisplayName("PRM-01: a filter that is not called for the path says so")
  void pathOutsideTheMapping_isWarnedOf() throws Exception {
    try (CapturedLog log = CapturedLog.of(PublicDocuments.class.getName());
        TestingApplication application = builder.guarding("/api/*").startAsItIs()) {
      assertTrue(application.port() > 0);
      assertEquals(
          List.of(
              "metadata.resource: "
                  + WELL_KNOWN
                  + "/v1 is outside the URL patterns of this filter."),
          log.lines());
    }
  }

  @Test
  @DisplayName("PRM-02, PRM-05: open to everyone, and nobody is asked")
  void document_isOpen() throws Exception {
    try (TestingApplication application =
        builder
            .with("dpop.type", "enabled")
            .with("dpop.require-nonce", "true")
            .with("request.base-urls", "https://api.example.com")
            .start()) {
      RawHttp.Response full = application.get(WELL_KNOWN + "/v1");
      assertEquals(200, full.status());
      assertEquals("application/json", full.header("Content-Type"));
      assertEquals("max-age=3600", full.header("Cache-Control"));
      assertEquals(List.of(), full.all("dpop-nonce"));
      RawHttp.Response head = RawHttp.request(application.port(), "HEAD", WELL_KNOWN + "/v1");
      assertEquals(200, head.status());
      assertEquals("", head.body());
      assertEquals(full.header("Content-Length"), head.header("Content-Length"));
      assertEquals(
          full.body(), application.get(WELL_KNOWN + "/v1", "Authorization: Bearer no").body());
      assertEquals(401, application.get("/r").status()); // its entry would be the last
      builder.journal().requests(1);
      assertEquals(1, builder.journal().events(AuditEvent.Type.REQUEST).size());
      assertEquals(List.of(), server.requests());
    }
  }

  @ParameterizedTest
  @DisplayName("PRM-02: no other method")
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get"})
  void otherMethods_areNotAllowed(String method) throws Exception {
    try (TestingApplication application = builder.start()) {
      RawHttp.Response refused =
          RawHttp.request(application.port(), method, WELL_KNOWN + "/v1", "Content-Length: 0");
      assertEquals(405, refused.status());
      assertEquals("GET, HEAD", refused.header("Allow"));
      assertEquals("no-store", refused.header("Cache-Control"));
    }
  }

  @ParameterizedTest
  @DisplayName("PRM-02, FLD-77: no other path, and no doubtful spelling of it")
  @CsvSource({
    "'', 401",
    "/v2, 401",
    "/v1/, 401",
    "/v1/x, 401",
    "/V1, 401",
    "/../oauth-protected-resource, 401",
    "/v1;x=y, 401",
    "/;/v1, 400",
    "/%76%31, 401",
    "/%2e%2e/r, 400",
    "/..;/r, 400",
    "%2fv1, 400"
  })
  void otherPaths_areProtected(String rest, int status) throws Exception {
    try (TestingApplication application = builder.start()) {
      RawHttp.Response response = application.get(WELL_KNOWN + rest);
      assertEquals(status, response.status());
      assertEquals(status == 200, response.body().contains("authorization_servers"));
    }
  }

  @ParameterizedTest
  @DisplayName("PRM-03: it says the same to everyone")
  @ValueSource(
      strings = {"Host: evil.example", "X-Forwarded-Host: evil.example", "Forwarded: host=evil"})
  void document_dependsOnNothingInTheRequest(String field) throws Exception {
    try (TestingApplication application = builder.start()) {
      String usual = application.get(WELL_KNOWN + "/v1").body();
      assertEquals(usual, application.get(WELL_KNOWN + "/v1?a=b", field).body());
      assertFalse(usual.contains("evil"));
    }
  }

  @Test
  @DisplayName("PRM-04: as little as there is to say")
  void members_areThoseThatAreSet() throws Exception {
    try (TestingApplication application = builder.start()) {
      assertEquals(
          Map.of(
              "resource",
              "https://api.example.com/v1",
              "authorization_servers",
              List.of(ISSUER),
              "bearer_methods_supported",
              List.of("header"),
              "tls_client_certificate_bound_access_tokens",
              true),
          document(application, WELL_KNOWN + "/v1"));
    }
  }

  @Test
  @DisplayName("PRM-04: what is enforced is what is told; a scope that is not listed is hidden")
  void members_tellWhatIsEnforced() throws Exception {
    server.token("reader", "{\"active\":true,\"scope\":\"read\"}");
    builder
        .with("metadata.scopes", "read write")
        .with("metadata.name", "Orders \"and\" more")
        .with("metadata.documentation", "https://example.com/docs")
        .with("metadata.policy-uri", "https://example.com/policy")
        .with("metadata.tos-uri", "https://example.com/terms")
        .with("require.scopes", "hidden")
        .with("token.certificate-binding", "ignore")
        .with("request.base-urls", "https://api.example.com")
        .with("dpop.signing-algorithms", "ES256, PS256")
        .with("rule.bound.paths", "/bound")
        .with("rule.bound.dpop-type", "required");
    try (TestingApplication application = builder.start()) {
      Map<String, Object> document = document(application, WELL_KNOWN + "/v1");
      assertEquals(
          Map.ofEntries(
              Map.entry("resource", "https://api.example.com/v1"),
              Map.entry("authorization_servers", List.of(ISSUER)),
              Map.entry("scopes_supported", List.of("read", "write")),
              Map.entry("bearer_methods_supported", List.of("header")),
              Map.entry("tls_client_certificate_bound_access_tokens", false),
              Map.entry("dpop_signing_alg_values_supported", List.of("ES256", "PS256")),
              Map.entry("dpop_bound_access_tokens_required", false),
              Map.entry("resource_name", "Orders \"and\" more"),
              Map.entry("resource_documentation", "https://example.com/docs"),
              Map.entry("resource_policy_uri", "https://example.com/policy"),
              Map.entry("resource_tos_uri", "https://example.com/terms")),
          document);
      assertEquals(403, application.get("/r", "Authorization: Bearer reader").status());
    }
  }

  @Test
  @DisplayName("PRM-04: where only bound tokens are taken, no bearer method is told")
  void boundTokensOnly_isTold() throws Exception {
    builder.with("dpop.type", "required").with("request.base-urls", "https://api.example.com");
    try (TestingApplication application = builder.start()) {
      Map<String, Object> document = document(application, WELL_KNOWN + "/v1");
      assertEquals(true, document.get("dpop_bound_access_tokens_required"));
      assertFalse(document.containsKey("bearer_methods_supported"));
    }
  }

  @Test
  @DisplayName("FLD-62: a request without a token is told the scopes of its rule")
  void scopesOfTheRule_standInTheChallenge() throws Exception {
    String metadata = "resource_metadata=\"https://api.example.com" + WELL_KNOWN + "/v1\", ";
    try (TestingApplication application =
        builder
            .with("metadata.resource", "https://api.example.com/v1")
            .with("require.scopes", "read")
            .with("rule.w.paths", "/w")
            .with("rule.w.scopes", "write, admin")
            .start()) {
      for (int i = 0; i < 2; i++) {
        assertEquals(
            List.of("Bearer scope=\"read\", " + metadata + "realm=\"api\""),
            application.get("/r").challenges());
        assertEquals(
            List.of("Bearer scope=\"write admin\", " + metadata + "realm=\"api\""),
            application.get("/w", "Authorization: Basic x").challenges());
      }
      assertFalse(
          application
              .get("/w", "Authorization: Bearer x")
              .challenges()
              .toString()
              .contains("scope"));
    }
    try (TestingApplication application =
        builder.with("challenge.advertise-scopes", "false").start()) {
      assertEquals(
          List.of("Bearer " + metadata + "realm=\"api\""), application.get("/r").challenges());
    }
  }

  @Test
  void switchedOff_thereIsNone() throws Exception {
    try (TestingApplication application = builder.with("metadata.enabled", "false").start()) {
      assertEquals(401, application.get(WELL_KNOWN + "/v1").status());
      assertEquals(List.of("Bearer realm=\"api\""), application.get("/r").challenges());
    }
  }

  @Test
  void addressThatIsSet_standsInChallenges() throws Exception {
    String url = "https://docs.example.com/metadata";
    try (TestingApplication application =
        builder.with("challenge.resource-metadata", url).start()) {
      assertEquals(
          List.of("Bearer resource_metadata=\"" + url + "\", realm=\"api\""),
          application.get("/r").challenges());
    }
  }

  private static Map<String, Object> document(TestingApplication application, String path)
      throws Exception {
    RawHttp.Response response = application.get(path);
    assertEquals(200, response.status(), response.toString());
    return JsonUtil.parseJson(response.body());
  }
}
