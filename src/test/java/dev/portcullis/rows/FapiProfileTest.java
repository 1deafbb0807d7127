/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.ClientCertificates;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import jakarta.servlet.Filter;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the FAPI 2.0 Security Profile asks of a resource server (sections 5.3.4 and 5.4), seen from
 * outside: one line of configuration, a real request, an authorization server behind TLS.
 */
class FapiProfileTest {

  private static final String BASE = "https://api.example.com";
  private static final TestingCertificates CERTIFICATES = TestingCertificates.shared();

  /** Has every request come over mutual TLS. */
  private static final Filter CERTIFIED =
      (request, response, chain) -> {
        request.setAttribute(
            "jakarta.servlet.request.X509Certificate",
            new X509Certificate[] {ClientCertificates.CLIENT});
        chain.doFilter(request, response);
      };

  private final DpopClient client = DpopClient.of("ES256");
  private final TestingApplication.Builder builder = TestingApplication.builder();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.secured(CERTIFICATES.context(Server.GOOD));
    builder
        .asking(server.url("/introspect"))
        .with("profile", "fapi2")
        .with("as.issuer", "https://as.example.com")
        .with("as.token-endpoint", "https://as.example.com/token")
        .with("as.trusted-certificate-group", "corp")
        .with("trust.corp.store", CERTIFICATES.trustStore().toString())
        .with("trust.corp.store-password", TestingCertificates.PASSWORD)
        .with("client.secret", "")
        .with("request.base-urls", BASE);
    token("bound", "\"token_type\":\"DPoP\",\"cnf\":" + client.confirmation());
    token("bearer", "\"token_type\":\"Bearer\",\"cnf\":" + client.confirmation());
    token("free", "\"scope\":\"read\"");
    token("certified", certificate(ClientCertificates.CLIENT_THUMBPRINT));
    token("certified-other", certificate(ClientCertificates.RFC_8705_THUMBPRINT));
    token("unknown", "\"cnf\":{\"kid\":\"k1\"}");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  @DisplayName("CAC-01, CAU-09: nothing is remembered, and the client authenticates by its own key")
  void everyRequest_isAskedForWithAnAssertion() throws Exception {
    try (TestingApplication application = builder.start()) {
      assertEquals(200, send(application, "DPoP", "bound").status());
      assertTrue(server.onlyRequest().parameter("client_assertion").isPresent());
      server.revoke("bound");
      assertEquals(401, send(application, "DPoP", "bound").status());
      assertEquals("token_inactive", reason(2));
    }
  }

  @Test
  @DisplayName("CAC-01: nor is it remembered that a token is dead")
  void inactiveToken_isAskedForAgain() throws Exception {
    try (TestingApplication application = builder.start()) {
      assertEquals(401, send(application, "DPoP", "late").status());
      token("late", "\"cnf\":" + client.confirmation());
      assertEquals(200, send(application, "DPoP", "late").status());
    }
  }

  @Test
  @DisplayName("CAC-01, MTB-09, CFG-02: what a rule says loosens neither")
  void rule_doesNotLoosenTheProfile() throws Exception {
    builder
        .with("rule.orders.paths", "/*")
        .with("rule.orders.dpop-type", "enabled")
        .with("rule.orders.token-time-to-live", "600");
    try (TestingApplication application = builder.start()) {
      assertEquals(401, send(application, "Bearer", "free").status());
      assertEquals("token_unbound", reason(1));
      assertEquals(200, send(application, "DPoP", "bound").status());
      server.revoke("bound");
      assertEquals(401, send(application, "DPoP", "bound").status());
      assertEquals("token_inactive", reason(3));
    }
  }

  @ParameterizedTest
  @DisplayName("BRR-01, MTB-09, DPOP-38: only bound tokens, and none that contradicts its type")
  @CsvSource({
    "required, DPoP,   bound,           200, ''",
    "required, DPoP,   free,            401, dpop_not_accepted",
    "required, Bearer, free,            401, dpop_required",
    "enabled,  Bearer, free,            401, token_unbound",
    "enabled,  Bearer, unknown,         401, certificate_binding_mismatch",
    "off,      Bearer, free,            401, token_unbound",
    "enabled,  DPoP,   bearer,          401, token_type_unusable",
    "enabled,  Bearer, bound,           401, dpop_downgrade",
    "enabled,  Bearer, certified,       200, ''",
    "off,      Bearer, certified,       200, ''",
    "off,      Bearer, certified-other, 401, certificate_binding_mismatch"
  })
  void unboundToken_isRefused(String type, String scheme, String token, int status, String reason)
      throws Exception {
    builder.behind(CERTIFIED).with("dpop.type", type);
    try (TestingApplication application = builder.start()) {
      assertEquals(status, send(application, scheme, token).status());
      assertEquals(reason, reason(1));
    }
  }

  @ParameterizedTest
  @DisplayName("DPOP-08, DPOP-14: the algorithms of section 5.4.1 and keys of 2048 bits at least")
  @CsvSource({
    "ES256, 2048, 200",
    "PS256, 2048, 200",
    "EdDSA, 2048, 200",
    "RS256, 2048, 401",
    "ES384, 2048, 401",
    "PS384, 2048, 401",
    "PS256, 1024, 401"
  })
  void algorithm_isOneOfTheProfile(String algorithm, int bits, int status) throws Exception {
    DpopClient other = DpopClient.rsa(algorithm, bits);
    token("other", "\"cnf\":" + other.confirmation());
    try (TestingApplication application = builder.start()) {
      Response response = send(application, "other", other.proof("GET", BASE + "/r", "other"));
      assertEquals(status, response.status());
    }
  }

  @ParameterizedTest
  @DisplayName("DPOP-30: a clock may be ten seconds ahead, and not sixty")
  @CsvSource({"10, 200", "0, 200", "60, 401", "-61, 401", "3600, 401", "-3600, 401"})
  void time_isThatOfTheProfile(long seconds, int status) throws Exception {
    try (TestingApplication application = builder.start()) {
      DpopClient.Proof proof = client.proof("GET", BASE + "/r", "bound");
      proof.at(Instant.now().plusSeconds(seconds));
      assertEquals(status, send(application, "bound", proof).status());
    }
  }

  @Test
  @DisplayName("DPOP-32: exp and nbf of a proof count")
  void proofsOwnTimes_count() throws Exception {
    long now = Instant.now().getEpochSecond();
    try (TestingApplication application = builder.start()) {
      DpopClient.Proof good = client.proof("GET", BASE + "/r", "bound");
      good.claim("exp", "" + (now + 300)).claim("nbf", "" + now);
      assertEquals(200, send(application, "bound", good).status());
      DpopClient.Proof over = client.proof("GET", BASE + "/r", "bound");
      assertEquals(401, send(application, "bound", over.claim("exp", "" + (now - 1))).status());
      DpopClient.Proof early = client.proof("GET", BASE + "/r", "bound");
      assertEquals(401, send(application, "bound", early.claim("nbf", "" + (now + 60))).status());
    }
  }

  @Test
  @DisplayName("NON-01: with a nonce the time of the proof comes from it")
  void nonce_takesThePlaceOfTheClock() throws Exception {
    try (TestingApplication application = builder.with("dpop.require-nonce", "true").start()) {
      Response first = send(application, "DPoP", "bound");
      assertEquals(401, first.status());
      DpopClient.Proof proof = client.proof("GET", BASE + "/r", "bound");
      proof.claim("nonce", DpopClient.quote(first.header("DPoP-Nonce")));
      proof.at(Instant.now().minusSeconds(3600));
      assertEquals(200, send(application, "bound", proof).status());
    }
  }

  @Test
  @DisplayName("DPOP-40: a proof is good once")
  void proof_isGoodOnce() throws Exception {
    try (TestingApplication application = builder.start()) {
      DpopClient.Proof proof = client.proof("GET", BASE + "/r", "bound");
      assertEquals(200, send(application, "bound", proof).status());
      assertEquals(401, send(application, "bound", proof).status());
      assertEquals("dpop_replay", reason(2));
    }
  }

  @Test
  @DisplayName("BRR-11: a token in the query is refused, and not asked for")
  void tokenInTheQuery_isRefused() throws Exception {
    try (TestingApplication application = builder.start()) {
      assertEquals(400, application.get("/r?access_token=bound").status());
      assertEquals(0, server.requests().size());
    }
  }

  @Test
  @DisplayName("INT-17: a token that the server calls active after its end is refused")
  void expiredToken_isRefused() throws Exception {
    long now = Instant.now().getEpochSecond();
    token("over", "\"exp\":" + now + ",\"cnf\":" + client.confirmation());
    try (TestingApplication application = builder.start()) {
      assertEquals(401, send(application, "DPoP", "over").status());
    }
  }

  @ParameterizedTest
  @DisplayName("BRR-02: the name of the scheme may have any case")
  @ValueSource(strings = {"DPoP", "dpop", "DPOP"})
  void scheme_hasAnyCase(String scheme) throws Exception {
    try (TestingApplication application = builder.start()) {
      assertEquals(200, send(application, scheme, "bound").status());
    }
  }

  @ParameterizedTest
  @DisplayName("AUZ-06: scopes are enforced, and the challenge tells which")
  @CsvSource({"read, 403", "read write, 200"})
  void scopes_areEnforced(String scope, int status) throws Exception {
    token("scoped", "\"scope\":\"" + scope + "\",\"cnf\":" + client.confirmation());
    try (TestingApplication application = builder.with("require.scopes", "write").start()) {
      Response response = send(application, "DPoP", "scoped");
      assertEquals(status, response.status());
      assertEquals(status == 403, response.challenges().toString().contains("scope=\"write\""));
    }
  }

  private void token(String token, String members) {
    server.token(token, "{\"active\":true," + members + "}");
  }

  private static String certificate(String thumbprint) {
    return "\"cnf\":{\"x5t#S256\":\"" + thumbprint + "\"}";
  }

  private Response send(TestingApplication application, String scheme, String token)
      throws Exception {
    return application.get(
        "/r",
        "Authorization: " + scheme + " " + token,
        client.proof("GET", BASE + "/r", token).line());
  }

  private Response send(TestingApplication application, String token, DpopClient.Proof proof)
      throws Exception {
    return application.get("/r", "Authorization: DPoP " + token, proof.line());
  }

  private String reason(int request) {
    return Journal.text(builder.journal().request(request), AuditField.FAILED_RULE_TYPE);
  }
}
