/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.NimbusLibrary;
import dev.portcullis.testing.ProofLibrary;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.SpringLibrary;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proofs made by client libraries of other people's making, with every algorithm they have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientLibrariesTest {

  private static final String TOKEN = "a-token";

  private final TestingApplication.Builder builder = TestingApplication.builder();
  private TestingAuthorizationServer server;
  private TestingApplication application;
  private int sent;

  @BeforeAll
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    builder
        .asking(server.url("/introspect"))
        .with("dpop.type", "required")
        .with("dpop.require-nonce", "true")
        .with("dpop.signing-algorithms", "ES256, ES384, ES512, PS256, PS384, PS512, RS256, EdDSA")
        .with("request.base-urls", "https://api.example.com");
    application = builder.start();
  }

  @AfterAll
  void stop() throws Exception {
    application.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Nimbus, ES256",
    "Nimbus, ES384",
    "Nimbus, ES512",
    "Nimbus, PS256",
    "Nimbus, PS384",
    "Nimbus, PS512",
    "Nimbus, RS256",
    "Nimbus, EdDSA",
    "Spring, ES256",
    "Spring, PS256",
    "Spring, RS256",
  })
  @DisplayName(
      "DPOP-34, DPOP-40, NON-01: good proofs of other libraries pass, once they have the nonce")
  void proof_passesWithTheNonce_andNotTwice(String library, String algorithm) throws Exception {
    ProofLibrary client =
        library.equals("Nimbus") ? NimbusLibrary.of(algorithm) : SpringLibrary.of(algorithm);
    server.token(
        TOKEN, "{\"active\":true,\"cnf\":{\"jkt\":\"%s\"}}".formatted(client.thumbprint()));

    Response first = send(proof(client, Optional.empty()));
    assertEquals(401, first.status());
    assertTrue(first.challenges().get(0).contains("error=\"use_dpop_nonce\""), first::toString);
    String nonce = first.header("dpop-nonce");
    assertFalse(nonce.isEmpty());

    String proof = proof(client, Optional.of(nonce));
    assertEquals(200, send(proof).status(), () -> builder.journal().events().toString());
    assertEquals(401, send(proof).status());
    assertEquals(
        "dpop_replay", Journal.text(builder.journal().request(sent), AuditField.FAILED_RULE_TYPE));
  }

  private static String proof(ProofLibrary client, Optional<String> nonce) throws Exception {
    return client.proof("GET", "https://api.example.com/r", Optional.of(TOKEN), nonce);
  }

  private Response send(String proof) throws Exception {
    sent++;
    return application.get("/r", "Authorization: DPoP " + TOKEN, "DPoP: " + proof);
  }
}
