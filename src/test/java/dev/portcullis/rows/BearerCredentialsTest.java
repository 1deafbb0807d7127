/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.api.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials in the {@code Authorization} field: which are read, which are refused and how. */
class BearerCredentialsTest {

  private static final String ACTIVE = "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\"}";

  private static Api api;

  private static final List<String> UNUSUAL =
      List.of("00D5!AQ|x", "to;k", "to@k", "to%20k", "to'k", "a=bc", "$:{}", "=");

  @BeforeAll
  static void start() throws Exception {
    api = Api.start();
    for (String token : new String[] {"mF_9.B5f-4.1JqM", "tok", "abc==", "a+b/c~d_e-f.g=="}) {
      api.server().token(token, ACTIVE);
    }
    for (String token : UNUSUAL) {
      api.server().token(token, ACTIVE);
    }
    api.server().token("a".repeat(16_384), ACTIVE);
    api.server().token("a".repeat(16_385), ACTIVE);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  @DisplayName("BRR-01: a token in the Authorization field")
  void activeToken_passes() throws Exception {
    Observed observed = api.authorized("Bearer mF_9.B5f-4.1JqM").isPassed(1);
    assertTrue(observed.response().body().contains("principal=alice\n"), observed.toString());
    assertTrue(observed.response().body().contains("auth=Bearer\n"), observed.toString());
    assertEquals("OAuth-Bearer", observed.audited(AuditField.AUTH_MECH));
    observed.tellsNowhere("mF_9.B5f-4.1JqM");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer tok", "BEARER tok", "bEaReR tok"})
  @DisplayName("BRR-02: the case of the scheme name does not matter")
  void schemeInAnyCase_passes(String authorization) throws Exception {
    api.authorized(authorization).isPassed(1);
  }

  @Test
  @DisplayName("BRR-03: several spaces")
  void severalSpaces_pass() throws Exception {
    Observed observed = api.authorized("Bearer   tok").isPassed(1);
    assertEquals("tok", observed.questions().get(0).parameter("token").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer\ttok", "Bearer \ttok", "Bearer\t tok"})
  @DisplayName("BRR-03: a TAB is no space")
  void tab_isMalformed(String authorization) throws Exception {
    api.authorized(authorization).isMalformed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to\"k",
        "to,k",
        "to k",
        "to\tk",
        "tök",
        "tok\u200b",
        "to\\k",
        "tok tok",
        "\"tok\"",
        "tok,",
        ",tok",
        "to\u00a0k",
        "\uff54ok"
      })
  @DisplayName("BRR-04, FLD-50: only visible characters, and none that quotes or separates")
  void characterOfNoToken_isMalformed(String token) throws Exception {
    api.authorized("Bearer " + token).isMalformed();
  }

  static List<String> unusual() {
    return UNUSUAL;
  }

  @ParameterizedTest
  @MethodSource("unusual")
  @DisplayName("FLD-50: what servers issue beyond token68 reaches them byte for byte")
  void unusualToken_isSentUnchanged(String token) throws Exception {
    Observed observed = api.authorized("Bearer " + token).isPassed(1);
    assertEquals(token, observed.questions().get(0).parameter("token").orElse(""));
  }

  @Test
  @DisplayName("BRR-04: trailing padding belongs to the token")
  void padding_isSentUnchanged() throws Exception {
    Observed observed = api.authorized("Bearer abc==").isPassed(1);
    assertEquals("abc==", observed.questions().get(0).parameter("token").orElse(""));
  }

  @Test
  @DisplayName("BRR-04: a folded line gets no second chance")
  void foldedLine_isMalformed() throws Exception {
    try (Api lenient =
        Api.start(builder -> builder.http().setHttpCompliance(HttpCompliance.RFC2616))) {
      lenient.server().token("a", ACTIVE).token("ab", ACTIVE);
      lenient.get("/r", "Authorization: Bearer a", " b").isMalformed();
      lenient.get("/r", "Authorization: Bearer", " a b").isMalformed();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer   ", "bearer"})
  @DisplayName("BRR-05: the scheme without a token")
  void schemeAlone_isMalformed(String authorization) throws Exception {
    api.authorized(authorization).isMalformed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization:", "Authorization:   ", "authorization: \t"})
  @DisplayName("BRR-06: an empty field")
  void emptyField_isUnauthenticated(String line) throws Exception {
    api.get("/r", line).isUnauthenticated();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer tok|DPoP tok",
        "DPoP tok|Bearer tok",
        "Bearer tok|Bearer tok",
        "|Bearer tok",
        "Bearer tok|",
        "Basic x|Bearer tok",
        "Bearer tok|Basic x",
        "Basic x|Negotiate y",
        "|",
        "Bearer tok|Bearer tok|Bearer tok"
      })
  @DisplayName("BRR-07: more than one field, whatever it holds")
  void severalFields_areMalformed(String values) throws Exception {
    String[] lines = values.split("\\|", -1);
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "Authorization: " + lines[i];
    }
    api.get("/r", lines).isMalformed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer s3cret-41,x", "Bearer s3cret-41 x", "Bearer", "Basic s3cret-41"})
  @DisplayName("BRR-04, BRR-09: what was not understood is not repeated")
  void unreadCredentials_areToldNowhere(String authorization) throws Exception {
    api.authorized(authorization).tellsNowhere("s3cret-41");
    api.get("/r", "Authorization: " + authorization, "Authorization: Bearer s3cret-41")
        .isMalformed()
        .tellsNowhere("s3cret-41");
  }

  @Test
  @DisplayName("BRR-07: the second field spelled in another case, with other fields between")
  void severalFieldsApart_areMalformed() throws Exception {
    api.get("/r", "Authorization: Bearer tok", "Accept: */*", "AUTHORIZATION: Bearer tok")
        .isMalformed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer tok, DPoP tok",
        "Bearer tok,Bearer tok",
        "DPoP tok, Bearer tok",
        "Basic x, Bearer tok",
        "Basic x,\tbearer tok",
        "Basic x ,Bearer",
        "Digest username=\"x\", realm=\"y\", Bearer tok"
      })
  @DisplayName("BRR-08: several credentials in one field")
  void credentialsJoinedByComma_areMalformed(String authorization) throws Exception {
    api.authorized(authorization).isMalformed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic dXNlcjpwdw==",
        "Negotiate x",
        "Token x",
        "MAC x",
        "Bearertok",
        "XBearer tok",
        "Bearer: tok",
        "Bearer=tok",
        "tok",
        "Digest username=\"bearer\", realm=\"dpop\""
      })
  @DisplayName("BRR-09: another scheme")
  void otherScheme_isUnauthenticated(String authorization) throws Exception {
    api.authorized(authorization).isUnauthenticated();
  }

  @Test
  @DisplayName("BRR-10: DPoP is off, so it is another scheme")
  void schemeThatIsOff_isUnauthenticated() throws Exception {
    api.get("/r", "Authorization: DPoP tok", "DPoP: e30.e30.e30")
        .isUnauthenticated(Reason.DPOP_NOT_ACCEPTED);
    api.authorized("DPoP").isUnauthenticated(Reason.DPOP_NOT_ACCEPTED);
  }

  @Test
  @DisplayName("BRR-18, FLD-51: a token over the limit costs nothing")
  void tokenOverTheLimit_isMalformed() throws Exception {
    Observed observed = api.authorized("Bearer " + "a".repeat(16_385)).isMalformed();
    assertEquals("", observed.audited(AuditField.TRACKING_ID)); // it was not hashed
    assertEquals("token.max-length", observed.audited(AuditField.FAILED_RULE_NAME));
    assertEquals("Authorization: token length", observed.audited(AuditField.FAILED_DETAIL));
    observed.tellsNowhere("a".repeat(100));
  }

  @Test
  @DisplayName("BRR-18, FLD-51: a token as long as the limit")
  void tokenAtTheLimit_isAskedAbout() throws Exception {
    api.authorized("Bearer " + "a".repeat(16_384)).isPassed(1).tellsNowhere("a".repeat(100));
  }

  @Test
  @DisplayName("BRR-19: the token reaches the authorization server byte for byte")
  void token_isEncodedAsAForm() throws Exception {
    Observed observed = api.authorized("Bearer a+b/c~d_e-f.g==").isPassed(1);
    String body = observed.questions().get(0).body();
    assertTrue(body.matches("(.*&)?token=a%2Bb%2Fc(~|%7E)d_e-f\\.g%3D%3D(&.*)?"), body);
    assertEquals("a+b/c~d_e-f.g==", observed.questions().get(0).parameter("token").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token-introspection+jwt",
        "application/token-introspection+jwt",
        "Token-Introspection+JWT"
      })
  @DisplayName("BRR-21: an introspection answer is no access token")
  void introspectionAnswer_isInvalid(String type) throws Exception {
    String token = jws("{\"alg\":\"RS256\",\"typ\":\"" + type + "\"}");
    api.server().token(token, ACTIVE);
    api.authorized("Bearer " + token).isInvalid(Reason.TOKEN_TYPE_UNUSABLE, 0).tellsNowhere(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}",
        "{\"alg\":\"RS256\"}",
        "{\"typ\":5}",
        "not JSON"
      })
  @DisplayName("BRR-21: any other token with dots is the authorization server's to judge")
  void otherTokenWithDots_isAskedAbout(String header) throws Exception {
    String token = jws(header);
    api.server().token(token, ACTIVE);
    api.authorized("Bearer " + token).isPassed(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"token_use\":\"refresh_token\"",
        "\"token_type\":\"refresh_token\"",
        "\"token_type\":\"Bearer\",\"token_use\":\"refresh_token\""
      })
  @DisplayName("BRR-22: a refresh token, although it is called active")
  void refreshToken_isInvalid(String member) throws Exception {
    api.server().token("refresh-1", "{\"active\":true,\"client_id\":\"app\"," + member + "}");
    Observed observed = api.authorized("Bearer refresh-1");
    observed.isInvalid(Reason.TOKEN_TYPE_UNUSABLE, 1).tellsNowhere("refresh-1");
  }

  @Test
  @DisplayName("BRR-22: a token of which nothing is said, the documented limit")
  void tokenOfUnknownUse_passes() throws Exception {
    api.server().token("plain-1", "{\"active\":true,\"client_id\":\"app\"}");
    Observed observed = api.authorized("Bearer plain-1").isPassed(1);
    assertFalse(observed.response().body().isEmpty());
  }

  private static String jws(String header) {
    Base64.Encoder base64url = Base64.getUrlEncoder().withoutPadding();
    return base64url.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + ".e30.c2ln";
  }
}
