/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client is told where DPoP is on. */
class DpopChallengeTest {

  private static final String URL = "https://api.example.com/r";
  private static final String ALGORITHMS = "ES256 PS256 EdDSA";

  private final DpopClient client = DpopClient.of("ES256");
  private final TestingApplication.Builder builder = TestingApplication.builder();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("bound", "{\"active\":true,\"cnf\":" + client.confirmation() + "}");
    builder
        .asking(server.url("/introspect"))
        .with("dpop.type", "enabled")
        .with("dpop.signing-algorithms", "ES256, PS256, EdDSA")
        .with("request.base-urls", "https://api.example.com");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  @DisplayName("ERR-03, ERR-04: each challenge of DPoP names the algorithms, and no other does")
  void everyChallenge_namesTheAlgorithms() throws Exception {
    builder.with("rule.a.paths", "/more").with("rule.a.scopes", "more");
    List<Response> refusals = new ArrayList<>();
    try (TestingApplication application = builder.start()) {
      refusals.add(application.get("/r"));
      refusals.add(application.get("/r", "Authorization: Basic eDp5"));
      refusals.add(application.get("/r", "Authorization: DPoP"));
      refusals.add(application.get("/r", "Authorization: Bearer a", "Authorization: DPoP b"));
      refusals.add(application.get("/r", dpop("bound")));
      refusals.add(application.get("/r", dpop("unknown"), proof("/r", "unknown")));
      refusals.add(application.get("/r", "Authorization: Bearer bound"));
      refusals.add(application.get("/more", dpop("bound"), proof("/more", "bound")));
    }
    assertEquals(
        List.of(
            "Bearer DPoP", "Bearer DPoP", "DPoP", "Bearer DPoP", "DPoP", "DPoP", "Bearer", "DPoP"),
        refusals.stream()
            .map(
                refusal ->
                    refusal.challenges().stream()
                        .map(challenge -> ParsedChallenge.of(challenge).scheme())
                        .collect(Collectors.joining(" ")))
            .toList());
    assertEquals(
        List.of(401, 401, 400, 400, 401, 401, 401, 403),
        refusals.stream().map(Response::status).toList());
    for (Response refusal : refusals) {
      for (ParsedChallenge one : refusal.challenges().stream().map(ParsedChallenge::of).toList()) {
        assertEquals(
            one.scheme().equals("DPoP") ? Optional.of(ALGORITHMS) : Optional.empty(),
            one.parameter("algs"));
      }
    }
  }

  @Test
  @DisplayName("ERR-07: a proof that does not hold is told as such, in the challenge of DPoP alone")
  void badProof_isToldAsSuch() throws Exception {
    try (TestingApplication application = builder.start()) {
      String forPost = client.proof("POST", URL, "bound").line();
      Response response = application.get("/r", dpop("bound"), forPost);
      assertEquals(401, response.status());
      assertEquals(error("invalid_dpop_proof"), errors(response));
      assertEquals(List.of(), response.all("dpop-nonce"));
      assertEquals(0, server.requests().size());
    }
  }

  @Test
  @DisplayName("ERR-08: a needed nonce is asked for, and comes along, once")
  void missingNonce_comesAlong() throws Exception {
    try (TestingApplication application = builder.with("dpop.require-nonce", "true").start()) {
      Response response = application.get("/r", dpop("bound"), proof("/r", "bound"));
      assertEquals(401, response.status());
      assertEquals(error("use_dpop_nonce"), errors(response));
      assertEquals(1, response.all("dpop-nonce").size());
      assertEquals(0, server.requests().size());
      Response other = application.get("/r", dpop("bound"), "DPoP: garbage");
      assertEquals(error("invalid_dpop_proof"), errors(other));
      assertEquals(1, other.all("dpop-nonce").size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dpop.type, enabled, is required when dpop.type is enabled or required.",
    "dpop.type, required, is required when dpop.type is enabled or required.",
    "as.send-audience, true, is required when as.send-audience is true."
  })
  @DisplayName("CFG-04: what needs to know its own URL does not start without")
  void withoutBaseUrls_thereIsNoStart(String key, String value, String problem) {
    builder.with("dpop.type", "off").with("request.base-urls", "").with(key, value);
    Throwable fault = assertThrows(Exception.class, () -> builder.start().close());
    while (fault.getCause() != null) {
      fault = fault.getCause();
    }
    String message = String.valueOf(fault.getMessage());
    assertTrue(message.contains("request.base-urls: " + problem), message);
  }

  /** FLD-60: only the scheme that was used. */
  private static Map<String, Optional<String>> error(String code) {
    return Map.of("DPoP", Optional.of(code));
  }

  private static Map<String, Optional<String>> errors(Response response) {
    List<ParsedChallenge> challenges =
        response.challenges().stream().map(ParsedChallenge::of).toList();
    return challenges.stream()
        .collect(Collectors.toMap(ParsedChallenge::scheme, one -> one.parameter("error")));
  }

  private String proof(String path, String token) {
    return client.proof("GET", "https://api.example.com" + path, token).line();
  }

  private static String dpop(String token) {
    return "Authorization: DPoP " + token;
  }
}
