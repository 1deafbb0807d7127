/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.api.TokenPrincipal;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered from one request to the next, and what is not. */
class CachingTest {

  private static final Answer INACTIVE = Answers.json("{\"active\":false}");

  @Test
  @DisplayName("CAC-01: the same token twice is asked about once")
  void sameToken_isAskedAboutOnce() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with()) {
      rig.active("tok", "\"sub\":\"alice\"");
      rig.assertPasses(rig.get("tok"));
      assertEquals("introspection", rig.audited(AuditField.TOKEN_SOURCE));
      RawHttp.Response second = rig.get("tok");
      rig.assertPasses(second);
      assertEquals("cache", rig.audited(AuditField.TOKEN_SOURCE));
      assertEquals("0", rig.audited(AuditField.INTROSPECTION_MS));
      assertTrue(second.body().contains("principal=alice\n"), second.body());
      assertEquals(1, rig.calls());
    }
  }

  @ParameterizedTest
  @DisplayName("CAC-01: with a time of zero, or none of it, each request asks, and sees revocation")
  @ValueSource(strings = {"cache.token-time-to-live=0", "cache.tokens=false"})
  void nothingKept_asksEachTime(String setting) throws Exception {
    String[] parts = setting.split("=");
    try (IntrospectionRig rig =
        IntrospectionRig.with(parts[0], parts[1], "cache.inactive-time-to-live", "0")) {
      rig.active("tok", "");
      rig.assertPasses(rig.get("tok"));
      rig.assertPasses(rig.get("tok"));
      assertEquals(2, rig.calls());
      rig.server().revoke("tok");
      rig.assertInvalidToken(rig.get("tok"), "token_inactive");
      rig.assertInvalidToken(rig.get("tok"), "token_inactive");
      assertEquals(4, rig.calls());
    }
  }

  @Test
  @DisplayName("CAC-03: a remembered answer is checked against what each path needs")
  void rememberedAnswer_isCheckedAgain() throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.with(
            "rule.foo.paths", "/foo",
            "rule.foo.scopes", "foo",
            "rule.bar.paths", "/bar",
            "rule.bar.scopes", "bar",
            "rule.aud.paths", "/aud",
            "rule.aud.audience", "urn:other",
            "rule.client.paths", "/client",
            "rule.client.client-ids", "other")) {
      rig.active("tok", "\"scope\":\"foo\",\"aud\":\"urn:this\",\"client_id\":\"app\"");
      rig.assertPasses(rig.get("/foo", "tok"));
      rig.assertInsufficientScope(rig.get("/bar", "tok"), "bar");
      assertEquals("cache", rig.audited(AuditField.TOKEN_SOURCE));
      rig.assertInvalidToken(rig.get("/aud", "tok"), "audience_mismatch");
      assertEquals(403, rig.get("/client", "tok").status());
      assertEquals("client_not_allowed", rig.audited(AuditField.FAILED_RULE_TYPE));
      rig.assertPasses(rig.get("/foo", "tok"));
      assertEquals(1, rig.calls());
    }
  }

  @Test
  @DisplayName("CAC-05: tokens of equal Java hash codes have answers of their own")
  void equalHashCodes_areKeptApart() throws Exception {
    assertEquals("tok.Aa".hashCode(), "tok.BB".hashCode());
    try (IntrospectionRig rig = IntrospectionRig.with()) {
      rig.active("tok.Aa", "");
      rig.assertPasses(rig.get("tok.Aa"));
      rig.assertInvalidToken(rig.get("tok.BB"), "token_inactive");
      rig.assertPasses(rig.get("tok.Aa"));
      rig.assertInvalidToken(rig.get("tok.BB"), "token_inactive");
      assertEquals(2, rig.calls());
    }
  }

  @Test
  @DisplayName("CAC-07: active for one resource is not active for the next")
  void resources_areKeptApart() throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.with(
            "as.send-audience", "true", "request.base-urls", "https://api.example.com")) {
      Answer active = Answers.json(IntrospectionRig.active(""));
      rig.server()
          .token(
              "tok",
              (request, wire) -> (isFor("/a", request) ? active : INACTIVE).give(request, wire));
      rig.assertPasses(rig.get("/a", "tok"));
      rig.assertInvalidToken(rig.get("/b", "tok"), "token_inactive");
      rig.assertPasses(rig.get("/a", "tok"));
      assertEquals(2, rig.calls());
    }
  }

  @Test
  @DisplayName("CAC-07: the caller cannot make one question into many")
  void spellings_areOneQuestion() throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.with(
            "as.send-audience", "true", "request.base-urls", "https://api.example.com")) {
      rig.active("tok", "");
      rig.assertPasses(rig.get("/a", "tok"));
      rig.assertPasses(rig.get("/a", "tok", "Host: evil.example"));
      rig.assertPasses(rig.get("/a", "tok", "Host: evil.example:8443"));
      rig.assertPasses(rig.get("/a", "tok", "X-Forwarded-Host: evil.example"));
      rig.assertPasses(rig.get("/a", "tok", "Forwarded: host=evil.example;proto=http"));
      rig.assertPasses(rig.get("/a?x=1", "tok"));
      rig.assertPasses(rig.get("/a;x=1", "tok"));
      rig.assertPasses(rig.get("/%61", "tok"));
      rig.assertPasses(rig.send("POST", "/a", "tok"));
      assertEquals(1, rig.calls());
    }
  }

  @Test
  @DisplayName("CAC-07: filters of one application that are different clients share nothing")
  void filters_shareNothing() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      Answer active = Answers.json(IntrospectionRig.active(""));
      server.token(
          "tok",
          (request, wire) ->
              (request.header("Authorization").orElse("").equals("Basic cnMtMTpycy1zZWNyZXQ=")
                      ? active
                      : INACTIVE)
                  .give(request, wire));
      TestingApplication.Builder builder =
          TestingApplication.builder()
              .asking(server.url("/introspect"))
              .with("cache.tokens", "true")
              .guarding("/one/*")
              .with("client.id", "rs-2")
              .guarding("/two/*");
      try (TestingApplication application = builder.startAsItIs()) {
        assertEquals(200, application.get("/one/r", "Authorization: Bearer tok").status());
        assertEquals(401, application.get("/two/r", "Authorization: Bearer tok").status());
        assertEquals(200, application.get("/one/r", "Authorization: Bearer tok").status());
        assertEquals(401, application.get("/two/r", "Authorization: Bearer tok").status());
        assertEquals(2, server.requests().size());
      }
    }
  }

  @Test
  @DisplayName("CAC-08: what is remembered serves in an outage, and nothing else does")
  void outage_isServedByFreshAnswersOnly() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with()) {
      rig.active("known", "").active("new", "");
      rig.assertPasses(rig.get("known"));
      rig.server().always(Answers.status(500));
      rig.assertPasses(rig.get("known"));
      rig.assertUnavailable(rig.get("new"), "as_bad_response");
      rig.server().asUsual();
      rig.assertPasses(rig.get("new"));
    }
  }

  @Test
  @DisplayName("CAC-09: an inactive token ten times is asked about once")
  void inactiveToken_isAskedAboutOnce() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with()) {
      for (int i = 0; i < 10; i++) {
        rig.assertInvalidToken(rig.get("bad"), "token_inactive");
      }
      assertEquals(1, rig.calls());
      assertEquals("cache", rig.audited(AuditField.TOKEN_SOURCE));
    }
  }

  @Test
  @DisplayName("CAC-09: bad tokens displace no good one, however few places there are")
  void badTokens_displaceNoGoodOne() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with("cache.max-entries", "2")) {
      rig.active("good", "");
      rig.assertPasses(rig.get("good"));
      for (int i = 0; i < 20; i++) {
        rig.assertInvalidToken(rig.get("bad." + i), "token_inactive");
      }
      int calls = rig.calls();
      rig.assertPasses(rig.get("good"));
      assertEquals(calls, rig.calls());
    }
  }

  @Test
  @DisplayName("CAC-12: what an application does to attributes is gone with its request")
  void attributes_areThoseOfTheServer() throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.made(builder -> builder.serving("/meddle", new Meddling()))) {
      rig.active("tok", "\"sub\":\"alice\",\"scope\":\"read\",\"groups\":[\"users\"]");
      for (int i = 0; i < 2; i++) {
        RawHttp.Response response = rig.get("/meddle", "tok");
        rig.assertPasses(response);
        assertEquals("[alice] [users] [read]", response.body());
      }
      assertEquals(1, rig.calls());
    }
  }

  private static boolean isFor(String path, RecordedRequest request) {
    return request.parameter("aud").orElse("").equals("https://api.example.com" + path);
  }

  /** Tells what it sees and then tries to change it in every way. */
  private static final class Meddling extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      TokenPrincipal token = (TokenPrincipal) request.getAttribute(TokenPrincipal.ATTRIBUTE);
      Map<String, List<String>> attributes = token.attributes();
      Set<String> scopes = token.scopes();
      response
          .getWriter()
          .write(attributes.get("sub") + " " + attributes.get("groups") + " " + scopes);
      meddle(() -> attributes.put("sub", List.of("root")));
      meddle(() -> attributes.get("groups").set(0, "admins"));
      meddle(() -> scopes.add("admin"));
      meddle(() -> attributes.clear());
    }

    private static void meddle(Runnable change) {
      try {
        change.run();
      } catch (UnsupportedOperationException e) {
        // All the better.
      }
    }
  }
}
