/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.util.List;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;

/** Client authentication by private key JWT, as the authorization server receives it. */
class ClientAssertionTest {

  private static final String ISSUER = "https://as.example.com/realm";
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static TestingClient.Builder client(String target) {
    return TestingClient.of(target)
        .with("client.id", "rs-1")
        .with("client.secret", "")
        .with("client.credentials-type", "private-key-jwt")
        .with("as.issuer", ISSUER);
  }

  private static TestingAuthorizationServer server() throws Exception {
    return TestingAuthorizationServer.plain().token(TestingClient.TOKEN, "{\"active\":true}");
  }

  /** What a configuration sends. */
  private static List<RecordedRequest> requests(
      int number, java.util.function.UnaryOperator<TestingClient.Builder> change) throws Exception {
    try (TestingAuthorizationServer server = server();
        TestingClient client = change.apply(client(server.hostAndPort())).connected()) {
      for (int i = 0; i < number; i++) {
        assertEquals(200, client.introspect().status());
      }
      return server.requests();
    }
  }

  private static JsonWebSignature assertion(RecordedRequest request) throws Exception {
    JsonWebSignature assertion = new JsonWebSignature();
    assertion.setCompactSerialization(request.parameter("client_assertion").orElseThrow());
    return assertion;
  }

  private static JwtClaims claims(JsonWebSignature assertion) throws Exception {
    return JwtClaims.parse(assertion.getUnverifiedPayload());
  }
}
