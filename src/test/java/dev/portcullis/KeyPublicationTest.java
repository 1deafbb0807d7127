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
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.FilterMapping;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The public signing keys as the authorization server fetches them from the application. */
class KeyPublicationTest {

  private static TestingApplication.Builder builder(TestingAuthorizationServer server) {
    return TestingApplication.builder()
        .asking(server.url("/introspect"))
        .with("client.secret", "")
        .with("client.credentials-type", "private-key-jwt")
        .with("client.assertion-algorithm", "ES256")
        .with("as.issuer", "https://as.example.com");
  }

  @Test
  @DisplayName("CAU-08: the keys that the application shows verify the assertion that it sends")
  void publishedKeys_verifyTheAssertion() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      server.token("good", "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\"}");
      TestingApplication.Builder builder = builder(server).at("/shop");
      try (TestingApplication application = builder.start()) {
        assertEquals(200, application.get("/shop/r", "Authorization: Bearer good").status());
        RawHttp.Response keys = application.get("/shop/oauth/jwks");
        assertEquals(200, keys.status());
        assertEquals("application/jwk-set+json", keys.header("Content-Type"));
        assertEquals("max-age=300", keys.header("Cache-Control"));
        assertFalse(keys.body().contains("\"d\""));
        JsonWebSignature assertion = new JsonWebSignature();
        assertion.setCompactSerialization(
            server.onlyRequest().parameter("client_assertion").orElseThrow());
        assertion.setKey(
            new JsonWebKeySet(keys.body())
                .findJsonWebKey(assertion.getKeyIdHeaderValue(), "EC", "sig", "ES256")
                .getKey());
        assertTrue(assertion.verifySignature());
        assertEquals(1, builder.journal().requests(1).size());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "ES384", "RS256"})
  @DisplayName("CAU-08: with several filters the one set that is shown holds each key that signs")
  void publishedKeys_areThoseOfAllFilters(String otherAlgorithm) throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      server.token("good", "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\"}");
      TestingApplication.Builder builder =
          builder(server)
              .guarding("/*")
              .with("client.id", "rs-2")
              .with("client.assertion-algorithm", otherAlgorithm)
              .guarding("/two/*");
      try (TestingApplication application = builder.startAsItIs()) {
        assertEquals(200, application.get("/two/r", "Authorization: Bearer good").status());
        assertEquals(2, server.requests().size());
        List<JsonWebKey> keys =
            new JsonWebKeySet(application.get("/oauth/jwks").body()).getJsonWebKeys();
        assertEquals(otherAlgorithm.equals("ES256") ? 2 : 4, keys.size());
        for (RecordedRequest request : server.requests()) {
          JsonWebSignature assertion = new JsonWebSignature();
          assertion.setCompactSerialization(request.parameter("client_assertion").orElseThrow());
          String id = assertion.getKeyIdHeaderValue();
          assertion.setKey(
              keys.stream()
                  .filter(key -> key.getKeyId().equals(id))
                  .findFirst()
                  .orElseThrow()
                  .getKey());
          assertTrue(assertion.verifySignature());
        }
      }
    }
  }

  @Test
  void keys_areShownWithoutDecisionCallOrEntry() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      TestingApplication.Builder builder =
          builder(server).with("jwks.path", "/keys").with("jwks.max-age", "0");
      try (TestingApplication application = builder.start()) {
        RawHttp.Response full = application.get("/keys", "Authorization: Bearer good");
        assertEquals(200, full.status());
        assertEquals("max-age=0", full.header("Cache-Control"));
        RawHttp.Response head = RawHttp.request(application.port(), "HEAD", "/keys");
        assertEquals(200, head.status());
        assertEquals(full.header("Content-Length"), head.header("Content-Length"));
        assertEquals(200, application.get("/keys?x=y").status());
        assertEquals(401, application.get("/r").status()); // its entry would be the last
        builder.journal().requests(1);
        assertEquals(1, builder.journal().events(AuditEvent.Type.REQUEST).size());
        assertEquals(List.of(), server.requests());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "get"})
  void otherMethods_areNotAllowed(String method) throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain();
        TestingApplication application = builder(server).start()) {
      RawHttp.Response refused =
          RawHttp.request(application.port(), method, "/oauth/jwks", "Content-Length: 0");
      assertEquals(405, refused.status());
      assertEquals("GET, HEAD", refused.header("Allow"));
      assertEquals("", refused.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/oauth/jwks/", "/oauth/jwks/x", "/oauth", "/oauth/JWKS", "/x/oauth/jwks"})
  void otherPaths_areProtected(String path) throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain();
        TestingApplication application = builder(server).start()) {
      assertEquals(401, application.get(path).status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/oauth%2Fjwks", "/x/..;/oauth/jwks", "/oauth/%2e/jwks", "/oauth/;/jwks"})
  @DisplayName("HTTP-01: a doubtful spelling of the path shows no keys")
  void doubtfulSpellings_areRefused(String path) throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain();
        TestingApplication application = builder(server).start()) {
      assertEquals(400, application.get(path).status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/oauth/jwks;x=1", "/oauth;v/jwks", "/oauth/%6awks", "//oauth/jwks"})
  @DisplayName("FLD-77: nor does an odd one")
  void oddSpellings_areJudged(String path) throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain();
        TestingApplication application = builder(server).start()) {
      int status = application.get(path).status();
      assertTrue(status == 400 || status == 401, path + ": " + status);
    }
  }

  @Test
  void switchedOff_thePathIsAsAnyOther() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain();
        TestingApplication application = builder(server).with("jwks.enabled", "false").start()) {
      assertEquals(401, application.get("/oauth/jwks").status());
    }
  }

  @Test
  void withASecret_nothingIsPublished() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain();
        TestingApplication application =
            TestingApplication.builder()
                .asking(server.url("/introspect"))
                .with("jwks.enabled", "true")
                .start()) {
      assertEquals(401, application.get("/oauth/jwks").status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/*", "/oauth/jwks/x", "*.do"})
  void pathOutsideTheMapping_isWarnedOf(String mapping) throws Exception {
    assertEquals(1, warnings(mapping));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/*", "/oauth/*", "/oauth/jwks", "/oauth/jwks/*"})
  void pathInsideTheMapping_isNot(String mapping) throws Exception {
    assertEquals(0, warnings(mapping));
  }

  @ParameterizedTest
  @CsvSource({"*.json, /keys.json, false", "*.json, /keys.jso, true", "/, /keys, false"})
  void mappingByEnding_coversWhatEndsSo(String mapping, String path, boolean isOutside)
      throws Exception {
    assertEquals(isOutside ? 1 : 0, warnings(mapping, path, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("A filter that is mapped to a servlet may be called for any path")
  void mappingToAServlet_isNotWarnedOf(boolean toPathsToo) throws Exception {
    assertEquals(0, warnings("/api/*", "/keys", Optional.of(toPathsToo)));
  }

  private static long warnings(String mapping) throws Exception {
    return warnings(mapping, "/oauth/jwks", Optional.empty());
  }

  /**
   * Counts them.
   *
   * @param toServlet whether the mapping stays when there is one to a servlet, if there is one
   */
  private static long warnings(String mapping, String path, Optional<Boolean> toServlet)
      throws Exception {
    try (CapturedLog log = CapturedLog.of(PublicDocuments.class.getName());
        TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      TestingApplication.Builder builder =
          builder(server).with("jwks.path", path).guarding(mapping);
      toServlet.ifPresent(keeps -> mapToServlet(builder.context().getServletHandler(), keeps));
      try (TestingApplication application = builder.startAsItIs()) {
        assertTrue(application.port() > 0);
        String outside = "jwks.path: " + path + " is outside the URL patterns of this filter.";
        return log.lines().stream().filter(line -> line.contains(outside)).count();
      }
    }
  }

  private static void mapToServlet(ServletHandler handler, boolean keepsPaths) {
    FilterMapping mapping = new FilterMapping();
    mapping.setFilterName(handler.getFilters()[0].getName());
    mapping.setServletName("some");
    mapping.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    if (!keepsPaths) {
      handler.setFilterMappings(new FilterMapping[0]);
    }
    handler.addFilterMapping(mapping);
  }
}
