/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the authorization server is asked (RFC 7662 section 2.1). */
class IntrospectionRequestTest {

  private static final String TOKEN = "tok-._~+/a1==";

  @Test
  @DisplayName("INT-01: a form is posted with one token and what it is, and nothing in the URL")
  void question_isAForm() throws Exception {
    RecordedRequest asked = question();
    assertEquals("POST", asked.method());
    assertEquals("/introspect", asked.target());
    assertEquals(Optional.of("application/x-www-form-urlencoded"), asked.header("Content-Type"));
    assertEquals(
        Map.of("token", List.of(TOKEN), "token_type_hint", List.of("access_token")), asked.form());
  }

  @Test
  @DisplayName("INT-01: the token is encoded as forms are")
  void token_isEncoded() throws Exception {
    String body = question().body();
    assertEquals("token=tok-._%7E%2B%2Fa1%3D%3D&token_type_hint=access_token", body);
  }

  @Test
  @DisplayName("INT-01: the only query is that of the endpoint")
  void query_isThatOfTheEndpoint() throws Exception {
    TestingAuthorizationServer server = TestingAuthorizationServer.plain();
    String endpoint = server.url("/introspect?tenant=a%20b");
    try (IntrospectionRig rig =
        IntrospectionRig.asking(server, builder -> builder.asking(endpoint))) {
      rig.get("/r?q=1", TOKEN);
      assertEquals("/introspect?tenant=a%20b", server.onlyRequest().target());
    }
  }

  @Test
  @DisplayName("INT-02: with Basic the credentials stand in the header and nowhere else")
  void basic_isTheOnlyMethod() throws Exception {
    RecordedRequest asked = question();
    assertEquals(Optional.of("Basic cnMtMTpycy1zZWNyZXQ="), asked.header("Authorization"));
    assertFalse(asked.body().contains("client"), asked.body());
    assertFalse(asked.body().contains("rs-secret"), asked.body());
  }

  @Test
  @DisplayName("INT-02: with the credentials in the body there is no header")
  void post_isTheOnlyMethod() throws Exception {
    RecordedRequest asked = question("client.secret-method", "post");
    assertEquals(List.of(), asked.headers("Authorization"));
    assertEquals(Optional.of("rs-1"), asked.parameter("client_id"));
    assertEquals(Optional.of("rs-secret"), asked.parameter("client_secret"));
    assertEquals(
        Set.of("token", "token_type_hint", "client_id", "client_secret"), asked.form().keySet());
  }

  @Test
  @DisplayName("FLD-25: the hint is the one that is set; none sends none")
  void hint_isTheOneThatIsSet() throws Exception {
    assertEquals(
        List.of("at+jwt one"),
        question("as.token-type-hint", "at+jwt one").form().get("token_type_hint"));
    assertEquals(Map.of("token", List.of(TOKEN)), question("as.token-type-hint", "None").form());
  }

  @Test
  @DisplayName("FLD-26: basic-raw sends identifier and secret as they are, basic form-encoded")
  void basicRaw_isNotEncoded() throws Exception {
    String secret = "p%+ä=&:s";
    assertEquals(
        "rs 1:" + secret,
        basic("client.id", "rs 1", "client.secret", secret, "client.secret-method", "basic-raw"));
    assertEquals(
        "rs+1:p%25%2B%C3%A4%3D%26%3As", basic("client.id", "rs 1", "client.secret", secret));
  }

  private static String basic(String... settings) throws Exception {
    String value = question(settings).header("Authorization").orElseThrow();
    assertTrue(value.startsWith("Basic "));
    return new String(Base64.getDecoder().decode(value.substring(6)), UTF_8);
  }

  @Test
  @DisplayName("FLD-27: without credentials the client is named in the body, and nothing more")
  void none_namesTheClientOnly() throws Exception {
    RecordedRequest asked =
        question("client.credentials-type", "none", "client.secret", "", "client.id", "rs 1");
    assertEquals(List.of(), asked.headers("Authorization"));
    assertEquals(
        "token=tok-._%7E%2B%2Fa1%3D%3D&token_type_hint=access_token&client_id=rs+1", asked.body());
  }

  @Test
  @DisplayName("FLD-28: a bearer token of the client's own stands in the header and nowhere else")
  void bearerToken_isTheOnlyMethod() throws Exception {
    RecordedRequest asked =
        question(
            "client.credentials-type",
            "bearer-token",
            "client.secret",
            "",
            "client.token",
            "own-._~+/7==");
    assertEquals(List.of("Bearer own-._~+/7=="), asked.headers("Authorization"));
    assertEquals("token=tok-._%7E%2B%2Fa1%3D%3D&token_type_hint=access_token", asked.body());
  }

  @ParameterizedTest
  @CsvSource({"none, client.credentials-type", "bearer-token, client.token"})
  @DisplayName("FLD-27, FLD-28: a server that wants more is no fault of the token")
  void refusedClient_isUnavailable(String type, String setting) throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.with(
            "client.credentials-type", type, "client.secret", "", "client.token", "own")) {
      rig.server().always(Answers.status(401));
      rig.assertUnavailable(rig.get(TOKEN), "as_client_rejected");
      assertEquals(setting, rig.audited(AuditField.FAILED_RULE_NAME));
    }
  }

  @Test
  @DisplayName("INT-04: only JSON is accepted")
  void accept_isJson() throws Exception {
    assertEquals(List.of("application/json"), question().headers("Accept"));
  }

  @Test
  @DisplayName("INT-10: no content coding is asked for")
  void coding_isNotAskedFor() throws Exception {
    RecordedRequest asked = question();
    assertEquals(List.of(), asked.headers("Accept-Encoding"));
    assertEquals(List.of(), asked.headers("TE"));
  }

  @ParameterizedTest
  @DisplayName(
      "INT-25: nothing that the caller sent but the token reaches the authorization server")
  @ValueSource(
      strings = {
        "caller-agent",
        "203.0.113.7",
        "caller.example",
        "caller-cookie",
        "caller-header",
        "caller-proof",
        "caller-path",
        "caller-query",
        "caller-trace"
      })
  void nothingOfTheCaller_goesOut(String mark) throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with()) {
      rig.active("tok", "");
      RawHttp.Response response =
          rig.get(
              "/caller-path?caller-query=1",
              "tok",
              "Host: caller.example",
              "User-Agent: caller-agent",
              "Cookie: id=caller-cookie",
              "X-Custom: caller-header",
              "DPoP: caller-proof",
              "X-Forwarded-For: 203.0.113.7",
              "Forwarded: for=203.0.113.7;host=caller.example",
              "traceparent: caller-trace",
              "Accept: text/x-caller-header",
              "Accept-Language: caller-header");
      assertEquals(200, response.status());
      RecordedRequest asked = rig.server().onlyRequest();
      String everything = asked.target() + "\n" + String.join("\n", asked.fields()) + asked.body();
      assertFalse(everything.contains(mark), everything);
      assertEquals(List.of(), asked.headers("DPoP"));
    }
  }

  private static RecordedRequest question(String... settings) throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with(settings)) {
      rig.get("/r?q=1", TOKEN);
      return rig.server().onlyRequest();
    }
  }
}
