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
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.RawHttp;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer of the authorization server does to a request (RFC 7662 section 2.2). */
@ParameterizedClass
@EnumSource(Link.class)
class IntrospectionAnswerTest {

  private static final AtomicInteger TOKEN = new AtomicInteger();

  private static IntrospectionRig rig;

  IntrospectionAnswerTest(Link link) {
    assertEquals(link, rig.link());
  }

  @BeforeParameterizedClassInvocation
  static void start(Link link) throws Exception {
    rig =
        IntrospectionRig.over(
            link,
            "rule.read.paths",
            "/read/*",
            "rule.read.scopes",
            "read",
            "rule.admin.paths",
            "/admin/*",
            "rule.admin.scopes",
            "admin");
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    rig.close();
  }

  @Test
  @DisplayName("INT-16: inactive is inactive, whatever else is said")
  void inactive_isDenied() throws Exception {
    int reached = rig.reached();
    String token = newToken();
    rig.server().token(token, "{\"active\":false,\"scope\":\"admin\",\"sub\":\"x\"}");
    rig.assertInvalidToken(rig.get("/admin/r", token), "token_inactive");
    assertEquals(reached, rig.reached());
    assertEquals("", rig.audited(AuditField.SUBJECT));
    assertEquals("", rig.audited(AuditField.SCOPES));
  }

  @ParameterizedTest
  @DisplayName("INT-17, INT-19: a token past its exp is denied though the server calls it active")
  @ValueSource(longs = {0, -1, -3600})
  void pastExp_isDenied(long seconds) throws Exception {
    int reached = rig.reached();
    rig.assertInvalidToken(answer("\"exp\":" + (now() + seconds)), "token_expired");
    assertEquals(reached, rig.reached());
  }

  @ParameterizedTest
  @DisplayName("INT-19: zero and negative exp are past")
  @ValueSource(strings = {"0", "-1", "0.5"})
  void ancientExp_isDenied(String exp) throws Exception {
    rig.assertInvalidToken(answer("\"exp\":" + exp), "token_expired");
  }

  @Test
  @DisplayName("INT-17: a token before its exp passes")
  void futureExp_passes() throws Exception {
    rig.assertPasses(answer("\"exp\":" + (now() + 60)));
  }

  @Test
  @DisplayName("INT-18: a token before its nbf is denied")
  void futureNbf_isDenied() throws Exception {
    rig.assertInvalidToken(answer("\"nbf\":" + (now() + 60)), "token_expired");
  }

  @Test
  @DisplayName("INT-18: nbf has a tolerance of ten seconds")
  void nbfWithinTheSkew_passes() throws Exception {
    rig.assertPasses(answer("\"nbf\":" + (now() + 9)));
    rig.assertPasses(answer("\"nbf\":" + (now() - 60)));
  }

  @ParameterizedTest
  @DisplayName("INT-20: an exp of another age of the world passes")
  @ValueSource(strings = {"1800000000000", "9007199254740992", "1000000000000000000", "1e300"})
  void implausibleExp_passes(String exp) throws Exception {
    rig.assertPasses(answer("\"exp\":" + exp));
    rig.assertPasses(answer("\"exp\":" + exp + ",\"iat\":" + exp));
  }

  @Test
  @DisplayName("INT-20: and is warned of once")
  void implausibleExp_isToldOnce() throws Exception {
    try (CapturedLog log = CapturedLog.of("dev.portcullis");
        IntrospectionRig fresh = IntrospectionRig.with()) {
      fresh.active("a", "\"exp\":1800000000000").active("b", "\"exp\":1800000000000");
      fresh.assertPasses(fresh.get("a"));
      fresh.assertPasses(fresh.get("b"));
      long told =
          log.linesAt(Level.WARNING).stream().filter(line -> line.contains("years away")).count();
      assertEquals(1, told, log.text());
    }
  }

  @ParameterizedTest
  @DisplayName("INT-21: another issuer")
  @ValueSource(
      strings = {
        "https://as.example.com/",
        "https://AS.example.com",
        "https://other.example.com",
        "https://as.example.co",
        "https://as.example.com.evil.example"
      })
  void otherIssuer_isDenied(String issuer) throws Exception {
    rig.assertInvalidToken(answer("\"iss\":\"" + issuer + "\""), "issuer_mismatch");
  }

  @Test
  @DisplayName("INT-21, CH-10: the issuer, or none")
  void issuerOrNone_passes() throws Exception {
    rig.assertPasses(answer("\"iss\":\"" + IntrospectionRig.ISSUER + "\""));
    rig.assertPasses(answer(""));
  }

  @Test
  @DisplayName("INT-21, CH-10: none, where one is demanded")
  void noIssuer_isDeniedWhereOneIsDemanded() throws Exception {
    try (IntrospectionRig demanding =
        IntrospectionRig.with("require.issuer", IntrospectionRig.ISSUER)) {
      demanding.active("none", "").active("one", "\"iss\":\"" + IntrospectionRig.ISSUER + "\"");
      demanding.assertInvalidToken(demanding.get("none"), "issuer_mismatch");
      demanding.assertPasses(demanding.get("one"));
    }
  }

  @ParameterizedTest
  @DisplayName("INT-22: types")
  @CsvSource({
    "Bearer, ''",
    "bearer, ''",
    "DPoP,   dpop_not_accepted",
    "DPOP,   dpop_not_accepted",
    "mac,    token_type_unusable",
    "N_A,    token_type_unusable",
    "'',     ''"
  })
  void tokenType_isChecked(String type, String reason) throws Exception {
    RawHttp.Response response = answer("\"token_type\":\"" + type + "\"");
    if (reason.isEmpty()) {
      rig.assertPasses(response);
    } else {
      rig.assertInvalidToken(response, reason);
    }
  }

  @ParameterizedTest
  @DisplayName("DPOP-36, INT-22: a token bound to a key under Bearer, whatever its type says")
  @ValueSource(strings = {"", ",\"token_type\":\"Bearer\"", ",\"token_type\":\"DPoP\""})
  void keyBoundToken_isDenied(String type) throws Exception {
    rig.assertInvalidToken(
        answer("\"cnf\":{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}" + type),
        "dpop_downgrade");
  }

  @Test
  @DisplayName("DPOP-36: not even with a proof")
  void keyBoundTokenWithProof_isDenied() throws Exception {
    String token = newToken();
    rig.active(token, "\"cnf\":{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}");
    rig.assertInvalidToken(rig.get("/r", token, "DPoP: e30.e30.x"), "dpop_downgrade");
  }

  @ParameterizedTest
  @DisplayName("MTB-08, CH-07: bindings that are not known")
  @ValueSource(
      strings = {
        "{}",
        "{\"kid\":\"x\"}",
        "{\"x5t\":\"x\"}",
        "{\"X5T#S256\":\"x\"}",
        "{\"jwk\":{\"kty\":\"EC\"}}"
      })
  void unknownBinding_isDenied(String cnf) throws Exception {
    rig.assertInvalidToken(answer("\"cnf\":" + cnf), "certificate_binding_mismatch");
  }

  @Test
  @DisplayName("MTB-02: a certificate-bound token without a certificate")
  void certificateBoundToken_isDenied() throws Exception {
    rig.assertInvalidToken(
        answer("\"cnf\":{\"x5t#S256\":\"A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0\"}"),
        "certificate_missing");
  }

  @Test
  @DisplayName("INT-24: a member that is not understood does no harm, and is there to read")
  void unknownMember_isReadableAndNotInHeaders() throws Exception {
    RawHttp.Response response = answer("\"x_custom\":{\"a\":1},\"sub\":\"alice\"");
    rig.assertPasses(response);
    assertTrue(response.body().contains("x_custom=[{\"a\":1}]"), response.body());
    assertFalse(response.headers().toString().contains("custom"), response.headers().toString());
  }

  @ParameterizedTest
  @DisplayName("INT-24: scope is a list separated by spaces, compared with case")
  @CsvSource(
      value = {
        "\"scope\":\"read  write\" | scopes=read write | 200",
        "\"scope\":\" read\"       | scopes=read       | 200",
        "\"scope\":\"READ\"        | -                 | 403",
        "\"scope\":\"\"            | -                 | 403",
        "\"sub\":\"x\"             | -                 | 403"
      },
      delimiter = '|',
      quoteCharacter = '\'')
  void scope_isAList(String member, String seen, int status) throws Exception {
    String token = newToken();
    rig.active(token, member);
    RawHttp.Response response = rig.get("/read/r", token);
    assertEquals(status, response.status());
    if (status == 200) {
      assertTrue(response.body().contains(seen + "\n"), response.body());
    } else {
      rig.assertInsufficientScope(response, "read");
    }
  }

  @ParameterizedTest
  @DisplayName("INT-25: no member of an answer is in response headers or, at any level, in the log")
  @ValueSource(
      strings = {
        "{\"active\":true,MEMBERS}",
        "{\"active\":false,MEMBERS}",
        "{\"active\":\"true\",MEMBERS}",
        "{\"active\":true,\"exp\":\"s3cr3t\",MEMBERS}",
        "{\"active\":true,\"exp\":1,MEMBERS}",
        "{\"active\":true,\"s3cr3t\":1,\"s3cr3t\":2,MEMBERS}",
        "{\"active\":true,MEMBERS"
      })
  void personalData_staysInside(String answer) throws Exception {
    String members =
        "\"sub\":\"s3cr3t-sub\",\"username\":\"s3cr3t-user\",\"email\":\"s3cr3t@example.com\","
            + "\"scope\":\"s3cr3t-scope\",\"client_id\":\"s3cr3t-client\","
            + "\"s3cr3t-member\":\"s3cr3t-value\"";
    try (CapturedLog log = CapturedLog.of("")) {
      log.setLoggerLevel(Level.ALL);
      for (String path : List.of("/r", "/admin/r")) {
        String token = newToken();
        rig.server().token(token, answer.replace("MEMBERS", members));
        RawHttp.Response response = rig.get(path, token);
        String shown = response.headers() + (response.status() == 200 ? "" : response.body());
        assertFalse(shown.contains("s3cr3t"), shown);
        assertFalse(log.text().contains("s3cr3t"), log.text());
        assertFalse(log.text().contains(token + "\""), log.text());
      }
    }
  }

  @ParameterizedTest
  @DisplayName("INT-26: a client's own identity is not taken for a user")
  @CsvSource(
      value = {
        "\"client_id\":\"app\"                     | client:app | ''    | true",
        "\"client_id\":\"app\",\"sub\":\"app\"     | client:app | ''    | true",
        "\"client_id\":\"alice\",\"sub\":\"alice\" | client:alice | ''  | true",
        "\"client_id\":\"app\",\"sub\":\"\"        | client:app | ''    | true",
        "\"client_id\":\"app\",\"sub\":\"alice\"   | alice      | alice | false",
        "\"sub\":\"alice\"                         | alice      | alice | false"
      },
      delimiter = '|',
      quoteCharacter = '\'')
  void clientsAndUsers_areToldApart(String members, String name, String user, boolean isClient)
      throws Exception {
    RawHttp.Response response = answer(members);
    rig.assertPasses(response);
    assertTrue(response.body().contains("principal=" + name + "\n"), response.body());
    assertTrue(response.body().contains("user=" + user + "\n"), response.body());
    assertTrue(response.body().contains("isClient=" + isClient + "\n"), response.body());
  }

  @Test
  @DisplayName("INT-30: what a token says of itself counts for nothing")
  void claimsInTheToken_areNotRead() throws Exception {
    String forged =
        part("{\"alg\":\"none\",\"typ\":\"at+jwt\"}")
            + "."
            + part("{\"active\":true,\"scope\":\"admin\",\"sub\":\"root\",\"aud\":\"x\"}")
            + ".c2ln";
    rig.active(forged, "\"scope\":\"read\",\"sub\":\"alice\"");
    RawHttp.Response response = rig.get("/read/r", forged);
    rig.assertPasses(response);
    assertTrue(response.body().contains("scopes=read\n"), response.body());
    assertTrue(response.body().contains("principal=alice\n"), response.body());
    rig.assertInsufficientScope(rig.get("/admin/r", forged), "admin");
  }

  @Test
  @DisplayName("INT-30: a token that calls itself valid is not, unless the server says so")
  void unexpiredJwt_isNotTrusted() throws Exception {
    String forged = part("{\"alg\":\"RS256\"}") + "." + part("{\"exp\":4102444800}") + ".c2ln";
    rig.assertInvalidToken(rig.get("/r", forged), "token_inactive");
  }

  private static RawHttp.Response answer(String members) throws Exception {
    String token = newToken();
    rig.active(token, members);
    return rig.get(token);
  }

  private static String newToken() {
    return "tok-" + TOKEN.incrementAndGet();
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  private static String part(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
