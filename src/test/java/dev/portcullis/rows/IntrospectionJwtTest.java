/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static dev.portcullis.rows.IntrospectionJwtRig.ACTIVE;
import static dev.portcullis.rows.IntrospectionJwtRig.now;
import static dev.portcullis.rows.IntrospectionJwtRig.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.TestingJwt;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signed answer (RFC 9701) does to a request. */
class IntrospectionJwtTest {

  private static final KeyPair KEY = TestingJwt.rsa(2048);
  private static final KeyPair OTHER = TestingJwt.rsa(2048);

  private static IntrospectionJwtRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig =
        IntrospectionJwtRig.signing(
            "PS256", KEY, "as.audience-value", "https://api.example.com/orders");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static String type(String typ) {
    return rig.header().replace("\"token-introspection+jwt\"", typ);
  }

  private static String aud(String aud) {
    return payload(ACTIVE).replace("\"rs-1\"", aud);
  }

  @Test
  @DisplayName("INT-04, JWI-01: a signed answer is asked for, and read")
  void signedAnswer_isAskedForAndRead() throws Exception {
    rig.assertPasses(rig.good());

    assertEquals("alice", rig.rig().audited(AuditField.SUBJECT));
    List<String> accepted =
        rig.requests("POST").stream()
            .flatMap(r -> r.headers("Accept").stream())
            .distinct()
            .toList();
    assertEquals(List.of("application/token-introspection+jwt"), accepted);
  }

  @ParameterizedTest
  @DisplayName("JWI-01: the long form of typ, and other cases, are read")
  @ValueSource(
      strings = {
        "\"application/token-introspection+jwt\"",
        "\"Token-Introspection+JWT\"",
        "\"token-introspection\\u002bjwt\""
      })
  void typ_isComparedAsMediaType(String typ) throws Exception {
    rig.assertPasses(rig.sign(type(typ), payload(ACTIVE)));
  }

  @ParameterizedTest
  @DisplayName("JWI-01: any other typ is refused")
  @ValueSource(
      strings = {
        "\"JWT\"",
        "\"at+jwt\"",
        "\"dpop+jwt\"",
        "null",
        "5",
        "[]",
        "\"\"",
        "\"token-introspection+jwt \"",
        "\"text/token-introspection+jwt\""
      })
  void otherTyp_isRefused(String typ) throws Exception {
    rig.assertRefused(rig.sign(type(typ), payload(ACTIVE)));
  }

  @Test
  @DisplayName("JWI-01: no typ is refused")
  void noTyp_isRefused() throws Exception {
    rig.assertRefused(rig.sign("{\"alg\":\"PS256\",\"kid\":\"k1\"}", payload(ACTIVE)));
  }

  @ParameterizedTest
  @DisplayName("JWI-01, JWI-02: a good JWT under another content type is refused")
  @ValueSource(strings = {"application/json", "application/jwt", "text/plain", ""})
  void otherContentType_isRefused(String type) throws Exception {
    rig.rig().assertUnavailable(rig.get(type, rig.good()), "as_bad_response");
  }

  @Test
  @DisplayName("JWI-01: the content type may have parameters and another case")
  void contentType_isComparedAsMediaType() throws Exception {
    rig.rig()
        .assertPasses(rig.get("Application/Token-Introspection+JWT; charset=utf-8", rig.good()));
  }

  @Test
  @DisplayName("JWI-02: plain JSON is refused where a signed answer is wanted")
  void plainJson_isRefused() throws Exception {
    rig.rig().assertUnavailable(rig.get("application/json", ACTIVE), "as_bad_response");
    rig.rig().assertUnavailable(rig.get(IntrospectionJwtRig.TYPE, ACTIVE), "as_bad_response");
    assertEquals("as.introspection-response", rig.rig().audited(AuditField.FAILED_RULE_NAME));
  }

  @Test
  @DisplayName("JWI-03: a signature by another algorithm is refused, though the key is right")
  void otherAlgorithm_isRefused() throws Exception {
    String rs256 = rig.header().replace("PS256", "RS256");
    KeyPair point = TestingJwt.p256();
    byte[] secret = "rs-secret".getBytes(StandardCharsets.UTF_8);
    String hs256 = rig.header().replace("PS256", "HS256");

    rig.assertRefused(TestingJwt.sign("RS256", KEY.getPrivate(), rs256, payload(ACTIVE)));
    rig.assertRefused(TestingJwt.sign("RS256", KEY.getPrivate(), rig.header(), payload(ACTIVE)));
    rig.assertRefused(
        TestingJwt.sign(
            "ES256", point.getPrivate(), rig.header().replace("PS256", "ES256"), payload(ACTIVE)));
    rig.assertRefused(TestingJwt.mac(secret, hs256, payload(ACTIVE)));
    rig.assertRefused(TestingJwt.mac(KEY.getPublic().getEncoded(), hs256, payload(ACTIVE)));
    rig.assertRefused(TestingJwt.mac(KEY.getPublic().getEncoded(), rig.header(), payload(ACTIVE)));
  }

  @ParameterizedTest
  @DisplayName("JWI-03: none is refused in any case, with and without a signature")
  @ValueSource(strings = {"\"none\"", "\"nOnE\"", "\"\"", "5", "null", "[\"PS256\"]", "\"ps256\""})
  void none_isRefused(String alg) throws Exception {
    String header = rig.header().replace("\"PS256\"", alg);
    String unsigned = TestingJwt.encode(header) + "." + TestingJwt.encode(payload(ACTIVE)) + ".";

    rig.assertRefused(unsigned);
    rig.assertRefused(rig.sign(header, payload(ACTIVE)));
  }

  @Test
  @DisplayName("JWI-04: a key in the header, or a URL of one, is not used and not fetched")
  void keyInHeader_isIgnored() throws Exception {
    String url = "\"" + rig.rig().server().url("/evil") + "\"";
    String jwk = TestingJwt.jwk(OTHER.getPublic(), ",\"kid\":\"k1\"");
    for (String more :
        List.of(
            ",\"jwk\":" + jwk,
            ",\"jku\":" + url,
            ",\"x5u\":" + url,
            ",\"x5c\":[\"MIIB\"]",
            ",\"jwk\":5,\"x5c\":{}")) {
      String header = rig.header(more);
      rig.assertRefused(TestingJwt.sign("PS256", OTHER.getPrivate(), header, payload(ACTIVE)));
      rig.assertPasses(rig.sign(header, payload(ACTIVE)));
    }
    assertEquals(
        List.of("/introspect", "/jwks"),
        rig.rig().server().requests().stream().map(r -> r.target()).distinct().sorted().toList());
  }

  @ParameterizedTest
  @DisplayName("JWI-05: iss is the issuer, letter for letter")
  @ValueSource(
      strings = {
        "\"https://as.example.com/\"",
        "\"https://AS.example.com\"",
        "\"https://as.example.com:443\"",
        "[\"https://as.example.com\"]",
        "null",
        "5",
        "\"\""
      })
  void otherIssuer_isRefused(String iss) throws Exception {
    rig.assertRefused(
        rig.sign(
            rig.header(), payload(ACTIVE).replace("\"" + IntrospectionRig.ISSUER + "\"", iss)));
  }

  @ParameterizedTest
  @DisplayName(
      "JWI-05, JWI-06, JWI-07, JWI-08: none of iss, aud, iat and the answer may be missing")
  @ValueSource(strings = {"iss", "aud", "iat", "token_introspection"})
  void missingClaim_isRefused(String name) throws Exception {
    String payload = payload(ACTIVE).replace("\"" + name + "\"", "\"x" + name + "\"");

    rig.assertRefused(rig.sign(rig.header(), payload));
  }

  @ParameterizedTest
  @DisplayName("JWI-06: aud names this client or the configured resource")
  @ValueSource(
      strings = {
        "\"rs-1\"",
        "[\"rs-1\"]",
        "[\"other\",\"rs-1\"]",
        "\"https://api.example.com/orders\""
      })
  void ownAudience_isRead(String aud) throws Exception {
    rig.assertPasses(rig.sign(rig.header(), aud(aud)));
  }

  @ParameterizedTest
  @DisplayName("JWI-06: an answer for someone else is refused")
  @ValueSource(
      strings = {
        "\"rs-2\"",
        "\"RS-1\"",
        "\"rs-1 \"",
        "[]",
        "[\"rs-2\"]",
        "[[\"rs-1\"]]",
        "[\"rs-1\",5]",
        "{\"rs-1\":1}",
        "5",
        "null",
        "\"https://api.example.com/orders/\""
      })
  void otherAudience_isRefused(String aud) throws Exception {
    rig.assertRefused(rig.sign(rig.header(), aud(aud)));
  }

  @ParameterizedTest
  @DisplayName("JWI-07: an answer is read while it is fresh")
  @ValueSource(longs = {-55, -1, 0, 9})
  void freshAnswer_isRead(long seconds) throws Exception {
    rig.assertPasses(rig.sign(rig.header(), payload("rs-1", now() + seconds, ACTIVE, "")));
  }

  @ParameterizedTest
  @DisplayName("JWI-07: an answer of another time is refused, so that a captured one ends")
  @ValueSource(longs = {-61, -3600, 15, 3600})
  void staleAnswer_isRefused(long seconds) throws Exception {
    rig.assertRefused(rig.sign(rig.header(), payload("rs-1", now() + seconds, ACTIVE, "")));
  }

  @ParameterizedTest
  @DisplayName("JWI-07: iat is a number, or one in digits (FLD-03)")
  @ValueSource(
      strings = {"\"%d \"", "\"%d.0\"", "[%d]", "true", "1e400", "-1e400", "null", "%d000"})
  void oddTime_isRefused(String iat) throws Exception {
    long now = now();
    String payload = payload("rs-1", now, ACTIVE, "");

    rig.assertRefused(
        rig.sign(
            rig.header(),
            payload.replace("\"iat\":" + now, "\"iat\":" + iat.replace("%d", Long.toString(now)))));
  }

  @Test
  @DisplayName(
      "JWI-07: an answer for one token that is shown for another is not told apart while fresh")
  void replayedAnswer_isBoundByItsAgeAlone() throws Exception {
    long now = now();
    String fresh = rig.sign(rig.header(), payload("rs-1", now, ACTIVE, ""));
    String old = rig.sign(rig.header(), payload("rs-1", now - 61, ACTIVE, ""));

    rig.assertPasses(fresh);
    rig.assertPasses(fresh);
    rig.assertRefused(old);
  }

  @Test
  @DisplayName("JWI-08: what stands beside token_introspection says nothing of the token")
  void topLevelMembers_areNotTheTokens() throws Exception {
    String inactive =
        payload(
            "rs-1", now(), "{\"active\":false}", ",\"active\":true,\"scope\":\"a\",\"sub\":\"x\"");
    rig.rig().assertInvalidToken(rig.get(rig.sign(rig.header(), inactive)), "token_inactive");

    String expired =
        payload(
            "rs-1",
            now(),
            "{\"active\":true,\"exp\":" + (now() - 1) + "}",
            ",\"exp\":" + (now() + 3600));
    rig.rig().assertInvalidToken(rig.get(rig.sign(rig.header(), expired)), "token_expired");

    String nameless = payload("rs-1", now(), "{\"active\":true}", ",\"sub\":\"mallory\"");
    rig.assertPasses(rig.sign(rig.header(), nameless));
    assertEquals("", rig.rig().audited(AuditField.SUBJECT));
  }

  @ParameterizedTest
  @DisplayName("JWI-08, INT-15: the answer is an object with active")
  @ValueSource(
      strings = {
        "null",
        "true",
        "\"{}\"",
        "[{\"active\":true}]",
        "{}",
        "{\"active\":\"true\"}",
        "{\"active\":true,\"exp\":\"1h\"}",
        "{\"active\":true,\"active\":true}"
      })
  void otherAnswer_isRefused(String answer) throws Exception {
    rig.assertRefused(rig.sign(rig.header(), payload(answer)));
  }

  @ParameterizedTest
  @DisplayName("JWI-03: a header that asks to be read otherwise is refused")
  @ValueSource(
      strings = {
        ",\"crit\":[]",
        ",\"crit\":null",
        ",\"crit\":[\"exp\"],\"exp\":1",
        ",\"crit\":[1]",
        ",\"crit\":[\"b64\"],\"b64\":false",
        ",\"b64\":false",
        ",\"b64\":true",
        ",\"zip\":\"DEF\"",
        ",\"kid\":5",
        ",\"alg\":\"PS256\"",
        ",\"x\":1e999999999999999999999999999999999",
        ",\"x\":[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]"
      })
  void oddHeader_isRefused(String more) throws Exception {
    rig.assertRefused(rig.sign(rig.header(more), payload(ACTIVE)));
  }

  @Test
  @DisplayName("JWI-03: the library's lenience about the encoding does not help")
  void looseEncoding_isRefused() throws Exception {
    String jwt = rig.good();
    String[] parts = jwt.split("\\.");
    List<String> spoilt =
        List.of(
            jwt + ".",
            jwt + ".x",
            jwt + "\u000b",
            parts[0] + ". " + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + "\n." + parts[2],
            jwt + "=",
            jwt + "==",
            "." + jwt,
            parts[0] + "." + parts[1],
            parts[0] + "." + parts[1] + ".",
            parts[0] + ".." + parts[2],
            "." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + ".!" + parts[2],
            parts[0]
                + "."
                + parts[1]
                + "."
                + parts[2].substring(0, 8)
                + "*"
                + parts[2].substring(8),
            jwt.replace('_', '/').replace('-', '+') + "=",
            lastCharacterChanged(jwt),
            "");
    for (String text : spoilt) {
      rig.assertRefused(text);
    }
  }

  /** Another text for the same octets: 256 octets leave four bits of the last character unused. */
  private static String lastCharacterChanged(String jwt) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(jwt.charAt(jwt.length() - 1));
    return jwt.substring(0, jwt.length() - 1) + alphabet.charAt(last + 1);
  }

  @Test
  @DisplayName("JWI-04, LOG-02: the log names the check that failed and shows nothing of the JWT")
  void refusal_isToldWithoutTheJwt() throws Exception {
    try (CapturedLog log = CapturedLog.of("dev.portcullis");
        IntrospectionJwtRig own = IntrospectionJwtRig.signing("PS256", KEY)) {
      String jwt = own.sign(own.header(), payload("someone", now(), ACTIVE, ""));
      own.assertRefused(jwt);

      assertEquals("client.id", own.rig().audited(AuditField.FAILED_RULE_NAME));
      assertTrue(
          log.text().contains("the answer cannot be used: 'aud' does not name this client."),
          log::text);
      for (String part : jwt.split("\\.")) {
        assertFalse(log.text().contains(part), log::text);
      }
      assertFalse(log.text().contains("someone"), log::text);
      assertFalse(own.rig().journal().events().toString().contains(jwt.split("\\.")[2]));
    }
  }

  @Test
  @DisplayName("JWI-08: a signed answer is remembered as a plain one is")
  void signedAnswer_isRemembered() throws Exception {
    int before = rig.requests("POST").size();
    rig.rig().assertPasses(rig.get(rig.good()));
    String token = rig.requests("POST").get(before).parameter("token").orElseThrow();

    rig.rig().assertPasses(rig.rig().get(token));

    assertEquals(before + 1, rig.requests("POST").size());
    assertEquals("cache", rig.rig().audited(AuditField.TOKEN_SOURCE));
    assertEquals("alice", rig.rig().audited(AuditField.SUBJECT));
  }
}
