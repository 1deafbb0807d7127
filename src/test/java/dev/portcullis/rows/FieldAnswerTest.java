/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.TestingJwt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers of the field answer: each row in plain JSON and in a signed JWT. */
class FieldAnswerTest {

  private static final AtomicInteger TOKENS = new AtomicInteger();
  private static final String TYPE = "Content-Type: " + IntrospectionJwtRig.TYPE + "\r\n";
  private static final String[] SETTINGS = {
    "principal.attribute-name", "user.name", "roles.attribute-name", "roles"
  };

  private static IntrospectionRig plain;
  private static IntrospectionJwtRig signed;

  @BeforeAll
  static void start() throws Exception {
    plain = IntrospectionRig.with(SETTINGS);
    signed = IntrospectionJwtRig.signing("ES256", TestingJwt.p256(), SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    plain.close();
    signed.rig().close();
  }

  @ParameterizedTest
  @DisplayName("FLD-01 to FLD-08: what has one meaning is read")
  @ValueSource(
      strings = {
        "\"nbf\":null,\"cnf\":null,\"exp\":null,\"scope\":null,\"aud\":null,\"iss\":null",
        "\"cnf\":{\"x5t#S256\":null}",
        "\"sub\":null,\"client_id\":null,\"username\":null,\"token_type\":null,\"acr\":null",
        "\"scope\":[\"read\",\"write\"]",
        "\"scope\":[\"read write\"]",
        "\"scope\":[]",
        "\"exp\":\"999999999999999\",\"iat\":\"1800000000\",\"nbf\":\"1\",\"auth_time\":\"1\"",
        "\"token_type\":\"\"",
        "\"token_type\":\"Bearer \"",
        "\"token_type\":\"access_token\"",
        "\"token_type\":\"AT+JWT\",\"token_use\":\"access\"",
        "\"sub\":5,\"client_id\":7,\"username\":1,\"acr\":1",
        "\"name\":\"\\ud83d\"",
        "\"user\":{\"title\":\"\\ud83d\"}"
      })
  void readableAnswer_isRead(String members) throws Exception {
    plain.assertPasses(askPlain(members));
    signed.rig().assertPasses(askSigned(members));
  }

  @ParameterizedTest
  @DisplayName("FLD-02, FLD-03, FLD-07: what decides and has no one meaning is no answer")
  @ValueSource(
      strings = {
        "\"scope\":[\"read\",1]",
        "\"scope\":[\"read\",null]",
        "\"exp\":\"2027-01-15T08:00:00Z\"",
        "\"exp\":\"-1\"",
        "\"exp\":\"\"",
        "\"exp\":\"1800000000 \"",
        "\"exp\":\"1800000000000000\"",
        "\"sub\":\"a\\ud83d\"",
        "\"scope\":\"read \\ud83d\"",
        "\"user\":{\"name\":\"\\ud83d\"}",
        "\"roles\":[\"a\",\"\\ud83d\"]",
        "\"roles\":" + "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]"
      })
  void unreadableAnswer_isNone(String members) throws Exception {
    plain.assertUnavailable(askPlain(members), "as_bad_response");
    signed.rig().assertUnavailable(askSigned(members), "as_bad_response");
  }

  @ParameterizedTest
  @DisplayName("FLD-05: a type that is not on the list is refused, and the setting is named")
  @ValueSource(
      strings = {
        "\"token_type\":\"refresh_token\"",
        "\"token_type\":\"id_token\"",
        "\"token_type\":\"client_credentials\"",
        "\"token_type\":\"N_A\"",
        "\"token_type\":\"Bearer\",\"token_use\":\"id\""
      })
  void otherType_isRefused(String members) throws Exception {
    plain.assertInvalidToken(askPlain(members), "token_type_unusable");
    assertEquals("token.types", plain.audited(AuditField.FAILED_RULE_NAME));
    signed.rig().assertInvalidToken(askSigned(members), "token_type_unusable");
    assertEquals("token.types", signed.rig().audited(AuditField.FAILED_RULE_NAME));
  }

  @Test
  @DisplayName("FLD-05: a token of the type DPoP is not used without a proof, with a blank too")
  void dpopAsBearer_isRefused() throws Exception {
    plain.assertInvalidToken(askPlain("\"token_type\":\"DPoP\""), "dpop_not_accepted");
    plain.assertInvalidToken(askPlain("\"token_type\":\"dpop \""), "dpop_not_accepted");
  }

  @ParameterizedTest
  @DisplayName("FLD-04: exp in the past is not the doing of token.clock-skew")
  @ValueSource(strings = {"0", "-1", "\"0\""})
  void ancientExp_namesNoSkew(String exp) throws Exception {
    plain.assertInvalidToken(askPlain("\"exp\":" + exp), "token_expired");
    assertEquals("", plain.audited(AuditField.FAILED_RULE_NAME));
  }

  @Test
  @DisplayName("FLD-08: 2,500 roles in one array are read")
  void manyRoles_areRead() throws Exception {
    String roles = "\"roles\":[\"role-0000\"" + ",\"role-0001\"".repeat(2499) + "]";
    assertTrue(roles.length() > 28_000);
    plain.assertPasses(askPlain(roles));
    signed.rig().assertPasses(askSigned(roles));
  }

  @Test
  @DisplayName("FLD-08: what is too long is told by the name of the setting")
  void tooLongAnswer_namesTheSetting() throws Exception {
    plain.assertUnavailable(askPlain("\"x\":\"" + "x".repeat(70_000) + "\""), "as_bad_response");
    assertEquals("http.max-response-size", plain.audited(AuditField.FAILED_RULE_NAME));
  }

  @Test
  @DisplayName("FLD-01: null members of the JWT itself and of its header are absent, too")
  void nullMembersOfTheJwt_areAbsent() throws Exception {
    String payload =
        IntrospectionJwtRig.payload(
            "rs-1", IntrospectionJwtRig.now(), IntrospectionJwtRig.ACTIVE, ",\"exp\":null");
    String header = signed.header(",\"x5c\":null");
    signed
        .rig()
        .assertPasses(ask(Answers.typed(IntrospectionJwtRig.TYPE, signed.sign(header, payload))));
    String noKid = header.replace("\"kid\":\"k1\"", "\"kid\":null");
    signed
        .rig()
        .assertPasses(ask(Answers.typed(IntrospectionJwtRig.TYPE, signed.sign(noKid, payload))));
  }

  @Test
  @DisplayName("FLD-03: the JWT's own iat in digits")
  void issuedAtInDigits_isRead() throws Exception {
    String payload = IntrospectionJwtRig.payload(IntrospectionJwtRig.ACTIVE);
    String digits = payload.replaceFirst("\"iat\":([0-9]+)", "\"iat\":\"$1\"");
    signed
        .rig()
        .assertPasses(
            ask(Answers.typed(IntrospectionJwtRig.TYPE, signed.sign(signed.header(), digits))));
  }

  @ParameterizedTest
  @DisplayName("FLD-08: a header with a chain of certificates is as long as it is")
  @ValueSource(ints = {100, 12_000})
  void longJoseHeader_isRead(int length) throws Exception {
    String header = signed.header(",\"x5c\":[\"" + "A".repeat(length) + "\"]");
    String payload = IntrospectionJwtRig.payload(IntrospectionJwtRig.ACTIVE);
    signed
        .rig()
        .assertPasses(ask(Answers.typed(IntrospectionJwtRig.TYPE, signed.sign(header, payload))));
  }

  @Test
  @DisplayName("FLD-09: a byte order mark before the object")
  void byteOrderMark_isSkipped() throws Exception {
    plain.assertPasses(plainly(Answers.json("\ufeff" + IntrospectionRig.active(""))));
    plain.assertPasses(plainly(Answers.json("\ufeff\n " + IntrospectionRig.active(""))));
    String payload = "\ufeff" + IntrospectionJwtRig.payload(IntrospectionJwtRig.ACTIVE);
    signed.rig().assertPasses(signed.get(signed.sign(signed.header(), payload)));
  }

  @ParameterizedTest
  @DisplayName("FLD-09: a content coding that is none")
  @ValueSource(strings = {"identity", "", "Identity", "identity, identity"})
  void codingThatIsNone_isRead(String coding) throws Exception {
    plain.assertPasses(plainly(Answers.encoded(coding)));
    String lines = TYPE + "Content-Encoding: " + coding + "\r\n";
    signed.rig().assertPasses(ask(Answers.full(200, lines, signed.good())));
  }

  @Test
  @DisplayName("FLD-09: a coding beside it is one, nevertheless")
  void realCoding_isNoAnswer() throws Exception {
    plain.assertUnavailable(plainly(Answers.encoded("identity, gzip")), "as_bad_response");
  }

  @Test
  @DisplayName("FLD-09: the same Content-Type twice")
  void sameTypeTwice_isRead() throws Exception {
    plain.assertPasses(plainly(Answers.status(200, "Content-Type: application/json\r\n")));
    plain.assertPasses(
        plainly(Answers.status(200, "Content-Type: application/json;charset=utf-8\r\n")));
    plain.assertUnavailable(
        plainly(Answers.status(200, "Content-Type: text/html\r\n")), "as_bad_response");
    signed.rig().assertPasses(ask(Answers.full(200, TYPE + TYPE, signed.good())));
  }

  @ParameterizedTest
  @DisplayName("FLD-09: white space around a signed answer")
  @ValueSource(strings = {"%s\n", "%s\r\n", " %s", "%s \t\r\n\n", "\ufeff%s"})
  void whiteSpaceAroundAJwt_isNoPartOfIt(String form) throws Exception {
    signed.rig().assertPasses(signed.get(String.format(form, signed.good())));
  }

  private static RawHttp.Response plainly(Answer answer) throws Exception {
    plain.server().next(answer);
    return plain.get("t" + TOKENS.incrementAndGet());
  }

  private static RawHttp.Response askPlain(String members) throws Exception {
    String token = "t" + TOKENS.incrementAndGet();
    plain.server().token(token, IntrospectionRig.active(members));
    return plain.get(token);
  }

  private static RawHttp.Response askSigned(String members) throws Exception {
    String payload = IntrospectionJwtRig.payload(IntrospectionRig.active(members));
    return ask(Answers.typed(IntrospectionJwtRig.TYPE, signed.sign(signed.header(), payload)));
  }

  private static RawHttp.Response ask(Answer answer) throws Exception {
    signed.answering(answer);
    return signed.rig().get("t" + TOKENS.incrementAndGet());
  }
}
