/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static dev.portcullis.testing.DpopClient.quote;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.dpop.TestingNonces;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingReplayStore;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to a key, through the whole filter. */
class DpopTest {

  private static final String BASE = "https://api.example.com";
  private static final String ALGS =
      "ES256 ES384 ES512 PS256 PS384 PS512 RS256 RS384 RS512 EdDSA Ed25519";
  private static final String DPOP_BARE = "DPoP realm=\"api\", algs=\"" + ALGS + "\"";
  private static final String KEY = "a2V5LWtleS1rZXkta2V5LWtleS1rZXkta2V5LWtleS1rZXk=";
  private static final String BEARER_BARE = "Bearer realm=\"api\"";

  private final DpopClient client = DpopClient.of("ES256");
  private final TestingApplication.Builder builder = TestingApplication.builder();
  private final TestingReplayStore.Shared shared = new TestingReplayStore.Shared();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    builder
        .asking(server.url("/introspect"))
        .with("dpop.type", "enabled")
        .with("request.base-urls", BASE);
    server.token("bound", active("\"cnf\":" + client.confirmation()));
    server.token(
        "bound-as-bearer", active("\"token_type\":\"Bearer\",\"cnf\":" + client.confirmation()));
    server.token("free", active("\"token_type\":\"Bearer\""));
    server.token("says-dpop", active("\"token_type\":\"DPoP\""));
    server.token("certified", active("\"cnf\":{\"x5t#S256\":\"x\"}"));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "off, Bearer, free, 200, '', ''",
    "off, Bearer, bound, 401, Bearer invalid_token, dpop_downgrade",
    "off, Bearer, says-dpop, 401, Bearer invalid_token, dpop_not_accepted",
    "off, DPoP, bound, 401, Bearer, dpop_not_accepted",
    "off, DPoP, free, 401, Bearer, dpop_not_accepted",
    "off, '', '', 401, Bearer, token_missing",
    "enabled, Bearer, free, 200, '', ''",
    "enabled, Bearer, bound, 401, Bearer invalid_token, dpop_downgrade",
    "enabled, Bearer, bound-as-bearer, 401, Bearer invalid_token, dpop_downgrade",
    "enabled, Bearer, says-dpop, 401, Bearer invalid_token, dpop_not_accepted",
    "enabled, DPoP, bound, 200, '', ''",
    "enabled, DPoP, bound-as-bearer, 200, '', ''",
    "enabled, DPoP, free, 401, DPoP invalid_token, dpop_not_accepted",
    "enabled, DPoP, says-dpop, 401, DPoP invalid_token, dpop_not_accepted",
    "enabled, DPoP, certified, 401, DPoP invalid_token, dpop_not_accepted",
    "enabled, '', '', 401, Bearer + DPoP, token_missing",
    "required, Bearer, free, 401, DPoP, dpop_required",
    "required, Bearer, bound, 401, DPoP, dpop_required",
    "required, DPoP, bound, 200, '', ''",
    "required, DPoP, free, 401, DPoP invalid_token, dpop_not_accepted",
    "required, '', '', 401, DPoP, token_missing",
  })
  @DisplayName("DPOP-01, DPOP-35, DPOP-36, DPOP-38, NON-13: modes, schemes and bindings")
  void modes_decideWhichTokensAreTaken(
      String mode, String scheme, String token, int status, String challenges, String reason)
      throws Exception {
    try (TestingApplication application = builder.with("dpop.type", mode).start()) {
      Response response =
          scheme.isEmpty()
              ? application.get("/r")
              : application.get("/r", authorization(scheme, token), proof(token));
      assertEquals(status, response.status());
      assertEquals(challenges, summary(response));
      assertEquals(reason, Journal.text(builder.journal().request(1), AuditField.FAILED_RULE_TYPE));
      if (status == 200) {
        assertTrue(response.body().contains("auth=" + scheme + "\n"), response.body());
      }
      boolean isAsked = status == 200 || challenges.contains("invalid_token");
      assertEquals(isAsked ? 1 : 0, server.requests().size());
    }
  }

  @Test
  @DisplayName("DPOP-38: another type than DPoP is no harm to a bound token, and told once")
  void otherTypeOfABoundToken_isWarnedOfOnce() throws Exception {
    try (CapturedLog log = CapturedLog.of("dev.portcullis.access");
        TestingApplication application = builder.start()) {
      assertEquals(
          200, application.get("/r", authorization("DPoP", "bound"), proof("bound")).status());
      assertEquals(List.of(), log.lines());
      for (int i = 0; i < 2; i++) {
        String proof = proof("bound-as-bearer");
        assertEquals(
            200, application.get("/r", authorization("DPoP", "bound-as-bearer"), proof).status());
      }
      assertEquals(1, log.lines().size(), log::text);
      assertTrue(log.text().contains("another token_type than DPoP"), log::text);
    }
  }

  @Test
  @DisplayName(
      "DPOP-01: the algorithms are offered in their order, FLD-60, FLD-61: and with an error the used scheme")
  void challenges_nameTheAlgorithms() throws Exception {
    try (TestingApplication application = builder.start()) {
      assertEquals(List.of(BEARER_BARE, DPOP_BARE), application.get("/r").challenges());
      Response response = application.get("/r", authorization("DPoP", "bound"));
      assertEquals(
          List.of(
              "DPoP error=\"invalid_dpop_proof\", error_description=\"The DPoP proof"
                  + " is missing or not valid for this request.\", realm=\"api\", algs=\""
                  + ALGS
                  + "\""),
          response.challenges());
      assertEquals(List.of(), response.all("dpop-nonce"));
    }
  }

  @Test
  @DisplayName("DPOP-34, DPOP-46: of a known token the key is compared before the signature")
  void foreignKey_isRefusedBeforeItsSignatureIsLookedAt() throws Exception {
    try (TestingApplication application = builder.with("cache.tokens", "true").start()) {
      String authorization = authorization("DPoP", "bound");
      String foreign = DpopClient.of("ES256").proof("GET", BASE + "/r", "bound").line();
      String unsigned = foreign.substring(0, foreign.lastIndexOf('.') + 1) + "A".repeat(86);
      assertEquals(401, application.get("/r", authorization, unsigned).status());
      assertEquals(0, server.requests().size(), "the token is not known yet");
      assertEquals(200, application.get("/r", authorization, proof("bound")).status());
      Response response = application.get("/r", authorization, unsigned);
      assertEquals("DPoP invalid_token", summary(response));
      List<String> reasons =
          List.of(
              Journal.text(builder.journal().request(1), AuditField.FAILED_RULE_TYPE),
              Journal.text(builder.journal().request(3), AuditField.FAILED_RULE_TYPE));
      assertEquals(List.of("dpop_proof_signature", "dpop_key_mismatch"), reasons);
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  @DisplayName("DPOP-02, DPOP-03: one field, whatever the case of its name; no call without it")
  void proofField_isThereOnce() throws Exception {
    try (TestingApplication application = builder.start()) {
      String authorization = authorization("DPoP", "bound");
      assertEquals(401, application.get("/r", authorization).status());
      String proof = proof("bound");
      assertEquals(401, application.get("/r", authorization, proof, proof).status());
      assertEquals(
          401,
          application
              .get("/r", authorization, proof, proof("bound").replace("DPoP:", "dpop:"))
              .status());
      assertEquals(0, server.requests().size());
      assertEquals(
          200, application.get("/r", authorization, proof.replace("DPoP:", "DPOP:")).status());
    }
  }

  @Test
  @DisplayName("DPOP-34: the key of the proof is the one the token is bound to")
  void otherKey_isRefused() throws Exception {
    DpopClient thief = DpopClient.of("ES256");
    try (TestingApplication application = builder.start()) {
      String other = thief.proof("GET", BASE + "/r", "bound").line();
      Response response = application.get("/r", authorization("DPoP", "bound"), other);
      assertEquals("DPoP invalid_token", summary(response));
      assertEquals(
          "dpop_key_mismatch",
          Journal.text(builder.journal().request(1), AuditField.FAILED_RULE_TYPE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "x", "-", "hex", ""})
  @DisplayName("DPOP-34: jkt is an unpadded digest in base64url and nothing else")
  void oddThumbprint_matchesNothing(String form) throws Exception {
    String thumbprint = client.thumbprint();
    String odd =
        switch (form) {
          case "-" -> thumbprint.substring(1);
          case "hex" -> "ab".repeat(32);
          case "" -> "";
          default -> thumbprint + form;
        };
    server.token("odd", active("\"cnf\":{\"jkt\":\"" + odd + "\"}"));
    try (TestingApplication application = builder.start()) {
      Response response = application.get("/r", authorization("DPoP", "odd"), proof("odd"));
      assertEquals("DPoP invalid_token", summary(response));
    }
  }

  @Test
  @DisplayName("DPOP-37: a stray proof beside a bearer token is not looked at")
  void strayProof_isNotLookedAt() throws Exception {
    try (TestingApplication application = builder.start()) {
      for (String stray : List.of("DPoP: garbage", proof("free"), "DPoP: ")) {
        Response response = application.get("/r", authorization("Bearer", "free"), stray);
        assertEquals(200, response.status());
        assertTrue(response.body().contains("auth=Bearer\n"), response.body());
      }
    }
  }

  @Test
  @DisplayName("DPOP-40: a proof is used once, also when its signature is written differently")
  void usedProof_isRefused() throws Exception {
    try (TestingApplication application = builder.with("cache.tokens", "true").start()) {
      String claims = client.proof("GET", BASE + "/r", "bound").payloadJson();
      String header = client.proof("GET", BASE + "/r", "bound").headerJson();
      String authorization = authorization("DPoP", "bound");
      String first = "DPoP: " + client.sign(header, claims);
      assertEquals(200, application.get("/r", authorization, first).status());
      assertEquals("DPoP invalid_dpop_proof", summary(application.get("/r", authorization, first)));
      String signedAnew = "DPoP: " + client.sign(header, claims);
      assertFalse(first.equals(signedAnew));
      assertEquals(401, application.get("/r", authorization, signedAnew).status());
      assertEquals(
          List.of("", "dpop_replay", "dpop_replay"),
          builder.journal().requests(3).stream()
              .map(event -> Journal.text(event, AuditField.FAILED_RULE_TYPE))
              .toList());
    }
  }

  @Test
  @DisplayName("DPOP-42: a token that is refused for its scope leaves its proof unused")
  void refusedRequest_doesNotUseItsProof() throws Exception {
    try (TestingApplication application =
        builder.with("rule.a.paths", "/r").with("rule.a.scopes", "more").start()) {
      String proof = proof("bound");
      for (int i = 0; i < 2; i++) {
        Response response = application.get("/r", authorization("DPoP", "bound"), proof);
        assertEquals("DPoP insufficient_scope", summary(response));
      }
    }
  }

  @Test
  @DisplayName("NON-01, NON-06, NON-13, NON-14: without a nonce none passes, and all get one")
  void missingNonce_isAskedFor() throws Exception {
    builder.with("dpop.require-nonce", "true");
    try (TestingApplication application = builder.start()) {
      Response bare = application.get("/r");
      assertEquals(1, bare.all("dpop-nonce").size());
      assertEquals("Bearer + DPoP", summary(bare));
      Response good = application.get("/r", authorization("DPoP", "bound"), proof("bound"));
      Response bad = application.get("/r", authorization("DPoP", "unknown"), proof("unknown"));
      assertEquals("DPoP use_dpop_nonce", summary(good));
      assertEquals(good.challenges(), bad.challenges());
      assertEquals(good.body(), bad.body());
      assertEquals("no-store", good.header("cache-control"));
      assertEquals(0, server.requests().size());
      assertTrue(good.header("dpop-nonce").matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+"));

      Response retried =
          application.get(
              "/r", authorization("DPoP", "bound"), withNonce(good.header("dpop-nonce")));
      assertEquals(200, retried.status());
      assertEquals(List.of(), retried.all("dpop-nonce"));
      assertEquals(
          List.of("token_missing", "dpop_nonce_missing", "dpop_nonce_missing", ""),
          builder.journal().requests(4).stream()
              .map(event -> Journal.text(event, AuditField.FAILED_RULE_TYPE))
              .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"x\"", "\"AQAAAABp\"", "\"%s!\"", "\"%sA\""})
  @DisplayName("NON-04: what is no nonce of ours is answered with one")
  void foreignNonce_isReplaced(String form) throws Exception {
    builder.with("dpop.require-nonce", "true");
    try (TestingApplication application = builder.start()) {
      String nonce = form.replace("%s", application.get("/r").header("dpop-nonce"));
      String proof = client.proof("GET", BASE + "/r", "bound").claim("nonce", nonce).line();
      Response response = application.get("/r", authorization("DPoP", "bound"), proof);
      assertEquals("DPoP use_dpop_nonce", summary(response));
      assertEquals(1, response.all("dpop-nonce").size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "[]", "true", "{}"})
  @DisplayName("NON-05: a nonce is a text")
  void nonceOfAnotherType_isRefused(String nonce) throws Exception {
    builder.with("dpop.require-nonce", "true");
    try (TestingApplication application = builder.start()) {
      String proof = client.proof("GET", BASE + "/r", "bound").claim("nonce", nonce).line();
      Response response = application.get("/r", authorization("DPoP", "bound"), proof);
      assertEquals("DPoP invalid_dpop_proof", summary(response));
    }
  }

  @Test
  @DisplayName("NON-11: with a nonce the time of the proof is that of the nonce")
  void nonce_standsForTheTime() throws Exception {
    builder.with("dpop.require-nonce", "true");
    try (TestingApplication application = builder.start()) {
      String nonce = application.get("/r").header("dpop-nonce");
      String old =
          client
              .proof("GET", BASE + "/r", "bound")
              .at(Instant.now().minusSeconds(3600))
              .claim("nonce", quote(nonce))
              .line();
      assertEquals(200, application.get("/r", authorization("DPoP", "bound"), old).status());
      assertEquals(401, application.get("/r", authorization("DPoP", "bound"), old).status());
      String untyped =
          client
              .proof("GET", BASE + "/r", "bound")
              .claim("iat", "\"x\"")
              .claim("nonce", quote(nonce))
              .line();
      assertEquals(
          "DPoP invalid_dpop_proof",
          summary(application.get("/r", authorization("DPoP", "bound"), untyped)));
    }
  }

  @Test
  @DisplayName("NON-11: unless the time of the proof is to count all the same")
  void issueTime_canCountBesideTheNonce() throws Exception {
    builder.with("dpop.require-nonce", "true").with("dpop.enforce-iat-with-nonce", "true");
    try (TestingApplication application = builder.start()) {
      String nonce = application.get("/r").header("dpop-nonce");
      String old =
          client
              .proof("GET", BASE + "/r", "bound")
              .at(Instant.now().minusSeconds(3600))
              .claim("nonce", quote(nonce))
              .line();
      assertEquals(401, application.get("/r", authorization("DPoP", "bound"), old).status());
      assertEquals(
          200, application.get("/r", authorization("DPoP", "bound"), withNonce(nonce)).status());
    }
  }

  @Test
  @DisplayName("NON-10: filters that share the key take each other's nonces, others do not")
  void nonce_isGoodWhereTheKeyIsShared() throws Exception {
    builder.with("dpop.require-nonce", "true").with("dpop.nonce-key", KEY);
    try (TestingApplication first = builder.start()) {
      String nonce = first.get("/r").header("dpop-nonce");
      assertEquals(200, statusAt(nonce, "dpop.nonce-key", KEY));
      String other = "b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXI=";
      assertEquals(401, statusAt(nonce, "dpop.nonce-key", other));
      assertEquals(200, statusAt(nonce, "dpop.nonce-key", other, "dpop.nonce-previous-key", KEY));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {59, 62})
  @DisplayName("NON-02, NON-08: past half of its life a good request gets the next, stored nowhere")
  void agedNonce_isReplacedOnSuccess(int age) throws Exception {
    builder.with("dpop.require-nonce", "true").with("dpop.nonce-key", KEY);
    shared.settings().forEach(builder::with); // so that what is from before the start counts
    builder.serving("/cached", new CachingServlet());
    builder.serving("/forwarding", new ForwardingServlet());
    try (TestingApplication application = builder.start()) {
      String aged = TestingNonces.issuedAt(Instant.now().minusSeconds(age), KEY);
      String proof =
          client.proof("GET", BASE + "/cached", "bound").claim("nonce", quote(aged)).line();
      Response response = application.get("/cached", authorization("DPoP", "bound"), proof);
      assertEquals(200, response.status());
      boolean isDue = age > 60;
      assertEquals(1, response.all("dpop-nonce").size());
      assertEquals(
          isDue ? List.of("no-store") : List.of("public, max-age=600"),
          response.all("cache-control"));
      assertEquals(!isDue, response.header("dpop-nonce").equals("of-the-application"));
      String forwarded =
          client.proof("GET", BASE + "/forwarding", "bound").claim("nonce", quote(aged)).line();
      Response other = application.get("/forwarding", authorization("DPoP", "bound"), forwarded);
      assertEquals(200, other.status());
      assertEquals(1, other.all("dpop-nonce").size());
      assertEquals(!isDue, other.header("dpop-nonce").equals("of-the-application"));
    }
  }

  @Test
  @DisplayName("NON-04: an expired nonce is replaced, whatever else holds")
  void expiredNonce_isReplaced() throws Exception {
    shared.settings().forEach(builder::with);
    builder.with("dpop.require-nonce", "true").with("dpop.nonce-key", KEY);
    try (TestingApplication application = builder.start()) {
      String expired = TestingNonces.issuedAt(Instant.now().minusSeconds(122), KEY);
      Response response = application.get("/r", authorization("DPoP", "bound"), withNonce(expired));
      assertEquals("DPoP use_dpop_nonce", summary(response));
      String young = TestingNonces.issuedAt(Instant.now().minusSeconds(110), KEY);
      assertEquals(
          200, application.get("/r", authorization("DPoP", "bound"), withNonce(young)).status());
    }
  }

  @Test
  @DisplayName("NON-13: where no nonce is required none is looked at, and none is sent")
  void nonce_isIgnoredWhereNoneIsRequired() throws Exception {
    try (TestingApplication application = builder.start()) {
      Response response =
          application.get("/r", authorization("DPoP", "bound"), withNonce("foreign"));
      assertEquals(200, response.status());
      assertEquals(List.of(), response.all("dpop-nonce"));
    }
  }

  @Test
  @DisplayName("NON-02: one nonce in a refusal, whatever stands there already")
  void refusal_hasOneNonce() throws Exception {
    builder.with("dpop.require-nonce", "true");
    builder.behind(
        (request, response, chain) -> {
          ((HttpServletResponse) response).addHeader("DPoP-Nonce", "foreign");
          chain.doFilter(request, response);
        });
    try (TestingApplication application = builder.start()) {
      Response response = application.get("/r");
      assertEquals(1, response.all("dpop-nonce").size());
      assertFalse(response.header("dpop-nonce").equals("foreign"));
    }
  }

  @Test
  @DisplayName("DPOP-23: the method counts, of HEAD too")
  void head_needsAProofForHead() throws Exception {
    try (TestingApplication application = builder.start()) {
      String forGet = proof("bound");
      String forHead = client.proof("HEAD", BASE + "/r", "bound").line();
      String authorization = authorization("DPoP", "bound");
      assertEquals(
          401, RawHttp.request(application.port(), "HEAD", "/r", authorization, forGet).status());
      assertEquals(
          200, RawHttp.request(application.port(), "HEAD", "/r", authorization, forHead).status());
    }
  }

  @Test
  @DisplayName("DPOP-43: what could have been used before a restart is refused after it")
  void restart_opensNoWindow() throws Exception {
    String proof =
        client.proof("GET", BASE + "/r", "bound").at(Instant.now().minusSeconds(2)).line();
    String authorization = authorization("DPoP", "bound");
    try (TestingApplication longUp = again("dpop.replay-detection", "false")) {
      assertEquals(200, longUp.get("/r", authorization, proof).status());
      assertEquals(200, longUp.get("/r", authorization, proof).status());
    }
    try (TestingApplication application = again()) {
      assertEquals(401, application.get("/r", authorization, proof).status());
      assertEquals(200, application.get("/r", authorization, proof("bound")).status());
    }
  }

  private TestingApplication again(String... settings) throws Exception {
    TestingApplication.Builder another =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .with("dpop.type", "enabled")
            .with("request.base-urls", BASE);
    for (int i = 0; i < settings.length; i += 2) {
      another.with(settings[i], settings[i + 1]);
    }
    return another.start();
  }

  private int statusAt(String nonce, String... settings) throws Exception {
    List<String> all = new ArrayList<>(List.of(settings));
    shared.settings().forEach((key, value) -> all.addAll(List.of(key, value)));
    all.addAll(List.of("dpop.require-nonce", "true"));
    try (TestingApplication second = again(all.toArray(String[]::new))) {
      return second.get("/r", authorization("DPoP", "bound"), withNonce(nonce)).status();
    }
  }

  private String withNonce(String nonce) {
    return client.proof("GET", BASE + "/r", "bound").claim("nonce", quote(nonce)).line();
  }

  private String proof(String token) {
    return client.proof("GET", BASE + "/r", token).line();
  }

  private static String authorization(String scheme, String token) {
    return "Authorization: " + scheme + " " + token;
  }

  private static String active(String members) {
    return "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\",\"scope\":\"read\","
        + members
        + "}";
  }

  /** Schemes and errors of the challenges. */
  private static String summary(Response response) {
    return String.join(
        " + ",
        response.challenges().stream()
            .map(
                challenge ->
                    challenge.replaceFirst("^(\\w+) (?:error=\"(\\w+)\".*|.*)$", "$1 $2").strip())
            .toList());
  }

  /** Lets another servlet answer. */
  private static final class ForwardingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      response.setHeader("DPoP-Nonce", "of-the-application");
      request.getRequestDispatcher("/cached").forward(request, response);
    }
  }

  /** Sets fields that must not count. */
  private static final class CachingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      response.setHeader("Cache-Control", "public, max-age=600");
      response.setHeader("DPoP-Nonce", "of-the-application");
    }
  }
}
