/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditField;
import dev.portcullis.dpop.TestingNonces;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about how a token is presented and how long an answer about it is used. */
class RuleUsageTest {

  private static final String BASE = "https://api.example.com";
  private static final String KEY = "a2V5LWtleS1rZXkta2V5LWtleS1rZXkta2V5LWtleS1rZXk=";

  private final DpopClient client = DpopClient.of("ES256");
  private final TestingApplication.Builder builder = TestingApplication.builder();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("bound", "{\"active\":true,\"cnf\":" + client.confirmation() + "}");
    server.token("free", "{\"active\":true}");
    builder.asking(server.url("/introspect")).with("request.base-urls", BASE);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @DisplayName("Settings 3.14: a rule says whether proofs are accepted or demanded in its place")
  @CsvSource({
    "/r,        Bearer, free,  200, '',             ''",
    "/r,        DPoP,   bound, 200, '',             ''",
    "/required, Bearer, free,  401, DPoP,           dpop_required",
    "/required, Bearer, bound, 401, DPoP,           dpop_required",
    "/required, DPoP,   bound, 200, '',             ''",
    "/off,      Bearer, free,  200, '',             ''",
    "/off,      DPoP,   bound, 401, Bearer,         dpop_not_accepted",
    "/off,      Bearer, bound, 401, Bearer,         dpop_downgrade",
    "/required, '',     '',    401, DPoP,           token_missing",
    "/off,      '',     '',    401, Bearer,         token_missing",
    "/r,        '',     '',    401, 'Bearer, DPoP', token_missing"
  })
  void rule_saysWhichSchemesAreAccepted(
      String path, String scheme, String token, int status, String challenged, String reason)
      throws Exception {
    try (TestingApplication application =
        builder
            .with("dpop.type", "enabled")
            .with("dpop.require-nonce", "true")
            .with("dpop.nonce-key", KEY)
            .with("rule.required.paths", "/required")
            .with("rule.required.dpop-type", "required")
            .with("rule.off.paths", "/off")
            .with("rule.off.dpop-type", "off")
            .start()) {
      Response response =
          scheme.isEmpty()
              ? application.get(path)
              : application.get(path, "Authorization: " + scheme + " " + token, proof(path, token));
      assertEquals(status, response.status());
      assertEquals(challenged, schemes(response));
      assertEquals(reason, audited(AuditField.FAILED_RULE_TYPE));
      boolean isOffered = status == 401 && challenged.contains("DPoP");
      assertEquals(isOffered ? 1 : 0, response.all("dpop-nonce").size());
      if (reason.equals("dpop_required")
          || (challenged.equals("Bearer") && scheme.equals("DPoP"))) {
        String rule = path.substring(1);
        assertEquals("rule." + rule + ".dpop-type", audited(AuditField.FAILED_RULE_NAME));
      }
    }
  }

  @Test
  @DisplayName("Settings 3.14: a rule can switch DPoP on where it is off else")
  void rule_switchesDpopOn() throws Exception {
    try (TestingApplication application =
        builder
            .with("rule.bound.paths", "/bound")
            .with("rule.bound.dpop-type", "required")
            .start()) {
      String authorization = "Authorization: DPoP bound";
      String proof = client.proof("GET", BASE + "/bound", "bound").line();
      assertEquals(200, application.get("/bound", authorization, proof).status());
      assertEquals(401, application.get("/bound", authorization, proof).status());
      assertEquals("dpop_replay", audited(2, AuditField.FAILED_RULE_TYPE));
      assertEquals(200, application.get("/r", "Authorization: Bearer free").status());
    }
  }

  @Test
  @DisplayName("HTTP-12: a forward to a path that demands a proof is judged again")
  void forwardToPathThatDemandsProof_isRefused() throws Exception {
    try (TestingApplication application =
        builder
            .with("dpop.type", "enabled")
            .with("rule.required.paths", "/required")
            .with("rule.required.dpop-type", "required")
            .serving("/forward", new Forwarding("/required"))
            .start()) {
      Response refused = application.get("/forward", "Authorization: Bearer free");
      assertEquals(401, refused.status());
      assertEquals("DPoP", schemes(refused));
      assertEquals("dpop_required", audited(AuditField.FAILED_RULE_TYPE));
      String proof = client.proof("GET", BASE + "/forward", "bound").line();
      assertEquals(200, application.get("/forward", "Authorization: DPoP bound", proof).status());
    }
  }

  @Test
  @DisplayName("Settings 3.14: a rule says how old an answer may be in its place")
  void rule_saysHowOldAnAnswerMayBe() throws Exception {
    try (TestingApplication application =
        builder
            .with("cache.tokens", "true")
            .with("cache.token-time-to-live", "0")
            .with("rule.fresh.paths", "/fresh")
            .with("rule.fresh.token-time-to-live", "0")
            .with("rule.cached.paths", "/cached")
            .with("rule.cached.token-time-to-live", "3600")
            .start()) {
      String authorization = "Authorization: Bearer free";
      for (String path : List.of("/cached", "/cached", "/fresh", "/cached", "/r", "/cached")) {
        assertEquals(200, application.get(path, authorization).status());
      }
      assertEquals(3, server.requests().size());
      assertEquals("cache", audited(2, AuditField.TOKEN_SOURCE));
      assertEquals("introspection", audited(3, AuditField.TOKEN_SOURCE));
      assertEquals("cache", audited(4, AuditField.TOKEN_SOURCE));
      server.revoke("free");
      assertEquals(200, application.get("/cached", authorization).status());
      assertEquals(401, application.get("/fresh", authorization).status());
      assertEquals(401, application.get("/cached", authorization).status());
    }
  }

  private String proof(String path, String token) {
    return client
        .proof("GET", BASE + path, token)
        .claim("nonce", DpopClient.quote(TestingNonces.issuedAt(Instant.now(), KEY)))
        .line();
  }

  private String audited(AuditField field) {
    return audited(1, field);
  }

  private String audited(int request, AuditField field) {
    return Journal.text(builder.journal().request(request), field);
  }

  private static String schemes(Response response) {
    return response.challenges().stream()
        .map(challenge -> challenge.substring(0, challenge.indexOf(' ')))
        .collect(Collectors.joining(", "));
  }

  /** Forwards every request. */
  private static final class Forwarding extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final String path;

    Forwarding(String path) {
      this.path = path;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      request.getRequestDispatcher(path).forward(request, response);
    }
  }
}
