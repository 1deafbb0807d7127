/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a proxy in front says, through the whole filter. */
class ForwardingTest {

  private final DpopClient client = DpopClient.of("ES256");
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("tok", "{\"active\":true,\"cnf\":" + client.confirmation() + "}");
    server.token("free", "{\"active\":true}");
  }

  private TestingApplication.Builder builder() {
    return TestingApplication.builder()
        .asking(server.url("/introspect"))
        .with("dpop.type", "enabled")
        .with("request.base-urls", "https://api.example.com, https://other.example.com/svc");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', X-Forwarded-Host: other.example.com, https://api.example.com/r, 200",
    "'', X-Forwarded-Host: other.example.com, https://other.example.com/svc/r, 401",
    "127.0.0.1, X-Forwarded-Host: other.example.com, https://other.example.com/svc/r, 200",
    "127.0.0.1, X-Forwarded-Host: other.example.com, https://api.example.com/r, 401",
    "127.0.0.1, X-Forwarded-Host: evil.example, https://evil.example/r, 401",
    "127.0.0.1, X-Forwarded-Host: evil.example, https://api.example.com/r, 200",
    "'', Host: evil.example, https://evil.example/r, 401",
    "'', Host: evil.example, https://api.example.com/r, 200",
    "'', Host: other.example.com, https://other.example.com/svc/r, 200",
    "'', Host: other.example.com:443, https://other.example.com/svc/r, 200",
    "'', X-Original-URL: /s, https://api.example.com/r, 200",
    "'', X-Rewrite-URL: /s, https://api.example.com/s, 401",
    "'', X-Forwarded-Prefix: /p, https://api.example.com/p/r, 401"
  })
  @DisplayName("HTTP-04, HTTP-05, HTTP-06, HTTP-07, HTTP-20: base URLs make the URL of a request")
  void authority_comesFromTheSettings(String proxies, String field, String htu, int status)
      throws Exception {
    try (TestingApplication application =
        builder().with("request.trusted-proxies", proxies).start()) {
      String proof = client.proof("GET", htu, "tok").line();
      String scheme = proxies.isEmpty() ? "X-Other: x" : "X-Forwarded-Proto: https"; // FLD-72
      assertEquals(
          status, application.get("/r", "Authorization: DPoP tok", proof, field, scheme).status());
    }
  }

  @Test
  @DisplayName("HTTP-04, HTTP-05: address and scheme are those that a trusted proxy tells")
  void clientAndScheme_areWhatATrustedProxyTells() throws Exception {
    String[] lines = {
      "Authorization: Bearer free", "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: http"
    };
    TestingApplication.Builder direct = builder();
    try (TestingApplication application = direct.start()) {
      assertEquals(200, application.get("/r", lines).status());
      assertEquals("127.0.0.1", Journal.text(direct.journal().request(1), AuditField.CLIENT));
    }
    TestingApplication.Builder behind = builder().with("request.trusted-proxies", "127.0.0.0/8");
    try (TestingApplication application = behind.start()) {
      assertEquals(403, application.get("/r", lines).status());
      AuditEvent refused = behind.journal().request(1);
      assertEquals("203.0.113.9", Journal.text(refused, AuditField.CLIENT));
      assertEquals("https_required", Journal.text(refused, AuditField.FAILED_RULE_TYPE));
      lines[2] = "X-Forwarded-Proto: https";
      assertEquals(200, application.get("/r", lines).status());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x-forwarded | X-Forwarded-Proto: http | 403 | https_required",
        "x-forwarded | X-Forwarded-For: 127.0.0.1 | 403 | https_required",
        "x-forwarded | X-Forwarded-Host: api.example.com | 403 | https_required",
        "x-forwarded | X-Forwarded-Proto: gopher | 400 | request_malformed",
        "x-forwarded | X-Forwarded-For: evil.example | 400 | request_malformed",
        "forwarded | Forwarded: \" | 400 | request_malformed",
        "forwarded | Forwarded: for=127.0.0.1 | 403 | https_required",
        "forwarded | X-Forwarded-Proto: http | 403 | https_required",
        "x-forwarded | X-Other: x | 200 | ''"
      })
  @DisplayName("FLD-72: what a trusted proxy on the same machine says counts, and must be readable")
  void statementOfATrustedProxy_counts(String style, String field, int status, String reason)
      throws Exception {
    TestingApplication.Builder builder =
        builder()
            .with("request.trusted-proxies", "127.0.0.0/8")
            .with("request.forwarded-style", style);
    try (TestingApplication application = builder.start()) {
      assertEquals(status, application.get("/r", "Authorization: Bearer free", field).status());
      AuditEvent entry = builder.journal().request(1);
      assertEquals(reason, Journal.text(entry, AuditField.FAILED_RULE_TYPE));
      assertEquals(
          status == 400 ? "request.trusted-proxies" : status == 403 ? "require.https" : "",
          Journal.text(entry, AuditField.FAILED_RULE_NAME));
    }
  }

  @Test
  @DisplayName("MTB-05, MTB-07: a certificate from a trusted proxy, and a key beside it")
  void certificateOfAHeader_bindsTheToken() throws Exception {
    X509Certificate certificate = TestingCertificates.shared().authority();
    String thumbprint =
        DpopClient.encode(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    server.token("certified", "{\"active\":true,\"cnf\":{\"x5t#S256\":\"" + thumbprint + "\"}}");
    server.token(
        "both",
        "{\"active\":true,\"cnf\":{\"x5t#S256\":\""
            + thumbprint
            + "\",\"jkt\":\""
            + client.thumbprint()
            + "\"}}");
    String header =
        "Client-Cert: :" + Base64.getEncoder().encodeToString(certificate.getEncoded()) + ":";
    TestingApplication.Builder direct =
        builder().with("request.client-certificate-header", "Client-Cert");
    try (TestingApplication application = direct.start()) {
      assertEquals(401, application.get("/r", "Authorization: Bearer certified", header).status());
      assertEquals(
          "certificate_missing",
          Journal.text(direct.journal().request(1), AuditField.FAILED_RULE_TYPE));
    }
    TestingApplication.Builder behind =
        builder()
            .with("request.client-certificate-header", "Client-Cert")
            .with("request.trusted-proxies", "127.0.0.1");
    try (TestingApplication application = behind.start()) {
      String proof = client.proof("GET", "https://api.example.com/r", "both").line();
      assertEquals(200, application.get("/r", "Authorization: Bearer certified", header).status());
      assertEquals(401, application.get("/r", "Authorization: Bearer certified").status());
      assertEquals(401, application.get("/r", "Authorization: Bearer both", header).status());
      assertEquals(401, application.get("/r", "Authorization: DPoP both", proof).status());
      assertEquals(200, application.get("/r", "Authorization: DPoP both", proof, header).status());
    }
  }
}
