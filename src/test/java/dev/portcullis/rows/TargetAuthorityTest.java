/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a request says of the server it is for, its URL is made from the settings. */
class TargetAuthorityTest {

  private static final String DPOP = "Authorization: DPoP bound";

  private final DpopClient client = DpopClient.of("ES256");
  private final TestingApplication.Builder builder = TestingApplication.builder();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("bound", "{\"active\":true,\"cnf\":" + client.confirmation() + "}");
    server.token("free", "{\"active\":true}");
    builder
        .asking(server.url("/introspect"))
        .with("dpop.type", "enabled")
        .with("require.https", "false")
        .with("request.base-urls", "https://api.example.com");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET https://evil.example/r HTTP/1.1\r\nHost: api.example.com\r\n",
        "GET https://evil.example/r HTTP/1.1\r\nHost: evil.example\r\n",
        "GET http://evil.example:443/r HTTP/1.1\r\nHost: evil.example:443\r\n",
        "GET /r HTTP/1.1\r\nHost: \r\n",
        "GET /r HTTP/1.1\r\nHost: api.example.com\r\nHost: evil.example\r\n",
        "GET /r HTTP/1.1\r\nHost: evil.example\r\nHost: api.example.com\r\n",
        "GET /r HTTP/1.1\r\nHost: evil.example\r\n"
      })
  @DisplayName("HTTP-06, HTTP-20: another authority is refused, or has no part in the URL")
  void otherAuthority_hasNoPartInTheUrl(String head) throws Exception {
    try (TestingApplication application = builder.start()) {
      int foreign = status(application, head, "https://evil.example/r");
      assertTrue(List.of(400, 401).contains(foreign), head + ": " + foreign);
      int without = status(application, head, "https:///r");
      assertTrue(List.of(400, 401).contains(without), head + ": " + without);
      int ours = status(application, head, "https://api.example.com/r");
      assertEquals(foreign == 401 ? 200 : 400, ours, head);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: other.example",
        "X-Forwarded-Port: 8443",
        "X-Forwarded-Prefix: /other",
        "X-Forwarded-For: 203.0.113.9",
        "X-Real-IP: 203.0.113.9",
        "Forwarded: for=203.0.113.9;proto=https;host=other.example",
        "X-Original-URL: /other",
        "X-Rewrite-URL: /other"
      })
  @DisplayName("HTTP-04: of a header that nobody was trusted to send nothing changes")
  void header_changesNothing(String line) throws Exception {
    try (TestingApplication application = builder.start()) {
      assertEquals(application.get("/r").challenges(), application.get("/r", line).challenges());
      String proof = client.proof("GET", "https://api.example.com/r", "bound").line();
      Response response = application.get("/r", DPOP, proof, line);
      assertEquals(200, response.status());
      assertTrue(response.body().startsWith("path=/r\n"), response.body());
      assertEquals("127.0.0.1", Journal.text(builder.journal().request(3), AuditField.CLIENT));
    }
    TestingApplication.Builder secure =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .with("require.https", "true");
    try (TestingApplication application = secure.start()) {
      int status = application.get("/r", "Authorization: Bearer free").status();
      assertEquals(status, application.get("/r", "Authorization: Bearer free", line).status());
    }
  }

  private int status(TestingApplication application, String head, String htu) throws Exception {
    String proof = client.proof("GET", htu, "bound").line();
    try (RawHttp http = new RawHttp(application.port())) {
      String request = head + DPOP + "\r\n" + proof + "\r\nConnection: close\r\n\r\n";
      return http.sendAsItStands(request).status();
    }
  }
}
