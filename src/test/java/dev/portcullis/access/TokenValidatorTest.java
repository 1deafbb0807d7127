/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static dev.portcullis.access.Access.assertRefused;
import static dev.portcullis.oauth.Tokens.T;
import static dev.portcullis.oauth.Tokens.active;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.Tokens;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers of the authorization server make a token valid, and when. */
class TokenValidatorTest {

  private static final String AUDIENCE = "https://api.example.com";

  private Instant now = Tokens.NOW;

  @Test
  @DisplayName("INT-16: not active is not valid, whatever else is said")
  void inactive_isRefused() {
    assertInvalid(Reason.TOKEN_INACTIVE, "", Tokens.inactive());
  }

  @ParameterizedTest
  @DisplayName("INT-17, INT-19, FLD-04: exp has not come, to the second, and no skew is to blame")
  @ValueSource(strings = {"1799999999", "1800000000", "1800000000.9", "0", "-1"})
  void expThatHasCome_isRefused(String exp) {
    assertInvalid(Reason.TOKEN_EXPIRED, "", active("\"exp\":" + exp));
  }

  @ParameterizedTest
  @DisplayName("INT-17, INT-20: exp to come, however far away")
  @ValueSource(
      strings = {
        "1800000001",
        "1800000001.5",
        "1800000000000",
        "9007199254740992",
        "1000000000000000000",
        "1e300"
      })
  void expToCome_passes(String exp) throws RefusedException {
    assertValid(active("\"exp\":" + exp));
  }

  @Test
  @DisplayName("INT-17: the second before exp counts to its end")
  void lastMillisecondBeforeExp_passes() throws RefusedException {
    now = Instant.ofEpochSecond(T, 999_000_000);
    assertValid(active("\"exp\":" + (T + 1)));
    now = Instant.ofEpochSecond(T + 1);
    assertInvalid(Reason.TOKEN_EXPIRED, "", active("\"exp\":" + (T + 1)));
  }

  @ParameterizedTest
  @DisplayName("INT-18, INT-19: nbf has come, give or take the skew")
  @CsvSource({
    "1799999999.9, 10, true",
    "1800000009,   10, true",
    "1800000010,   10, true",
    "1800000010.1, 10, false",
    "1800000011,   10, false",
    "1800000000,   0,  true",
    "1800000001,   0,  false",
    "1800000060,   60, true",
    "1800000061,   60, false",
    "1e300,        60, false"
  })
  void nbf_isHonoured(String nbf, String skew, boolean passes) throws RefusedException {
    TokenInfo info = active("\"nbf\":" + nbf);
    if (passes) {
      assertValid(info, "token.clock-skew", skew);
    } else {
      assertInvalid(Reason.TOKEN_EXPIRED, "token.clock-skew", info, "token.clock-skew", skew);
    }
  }

  @ParameterizedTest
  @DisplayName("INT-21: iss is the configured issuer, letter for letter")
  @ValueSource(
      strings = {
        "https://as.example.com/",
        "https://AS.example.com",
        "HTTPS://as.example.com",
        "https://other.example.com",
        "https://as.example.co",
        "https://as.example.com.evil.example",
        ""
      })
  void otherIssuer_isRefused(String issuer) {
    assertInvalid(Reason.ISSUER_MISMATCH, "as.issuer", active("\"iss\":\"" + issuer + "\""));
  }

  @Test
  @DisplayName("INT-21, CH-10: no iss will do, unless one is demanded")
  void noIssuer_dependsOnTheSetting() throws RefusedException {
    assertValid(active(""));
    assertInvalid(
        Reason.ISSUER_MISMATCH, "require.issuer", active(""), "require.issuer", Access.ISSUER);
    assertValid(active("\"iss\":\"" + Access.ISSUER + "\""), "require.issuer", Access.ISSUER);
  }

  @Test
  @DisplayName("INT-21: an issuer that is demanded stands before the one of the metadata")
  void demandedIssuer_goesFirst() throws RefusedException {
    assertValid(active("\"iss\":\"urn:other\""), "require.issuer", "urn:other");
    assertInvalid(
        Reason.ISSUER_MISMATCH,
        "require.issuer",
        active("\"iss\":\"" + Access.ISSUER + "\""),
        "require.issuer",
        "urn:other");
  }

  @ParameterizedTest
  @DisplayName("INT-22, FLD-05: the token type is compared without case and white space around it")
  @ValueSource(
      strings = {
        "Bearer",
        "bearer",
        "BEARER",
        "DPoP",
        "DPOP",
        "",
        " ",
        "Bearer ",
        " bearer",
        "dpop ",
        "access_token",
        "Access_Token",
        "urn:ietf:params:oauth:token-type:access_token",
        "at+jwt",
        "AT+JWT",
        "JWT",
        "jwt",
        "urn:pingidentity.com:oauth2:validated_token"
      })
  void knownType_passes(String type) throws RefusedException {
    assertValid(active("\"token_type\":\"" + type + "\""));
  }

  @ParameterizedTest
  @DisplayName("INT-22, FLD-05: a token of an unknown type is not used")
  @ValueSource(
      strings = {
        "mac",
        "N_A",
        "refresh_token",
        "id_token",
        "client_credentials",
        "Bearer,DPoP",
        "Bea rer"
      })
  void unknownType_isRefused(String type) {
    assertInvalid(
        Reason.TOKEN_TYPE_UNUSABLE, "token.types", active("\"token_type\":\"" + type + "\""));
  }

  @Test
  @DisplayName("FLD-05: the list is a setting, and DPoP needs no place on it")
  void typesThatAreSet_areTheOnlyOnes() throws RefusedException {
    assertValid(active("\"token_type\":\"n_a\""), "token.types", "N_A, mac");
    assertValid(active("\"token_type\":\"DPoP\""), "token.types", "N_A");
    assertValid(active(""), "token.types", "N_A");
    assertInvalid(
        Reason.TOKEN_TYPE_UNUSABLE,
        "token.types",
        active("\"token_type\":\"Bearer\""),
        "token.types",
        "N_A");
  }

  @ParameterizedTest
  @DisplayName("INT-22, FLD-05: what is for something else is no access token")
  @ValueSource(strings = {"refresh_token", "id", "id_token", "Refresh", "access token"})
  void otherUse_isRefused(String use) {
    assertInvalid(
        Reason.TOKEN_TYPE_UNUSABLE, "token.types", active("\"token_use\":\"" + use + "\""));
  }

  @ParameterizedTest
  @DisplayName("FLD-05: token_use of an access token")
  @ValueSource(strings = {"access_token", "access", "ACCESS", "access ", ""})
  void useOfAnAccessToken_passes(String use) throws RefusedException {
    assertValid(active("\"token_use\":\"" + use + "\""));
  }

  @ParameterizedTest
  @DisplayName("AUZ-02: aud is a string or a list, and holds exactly the audience")
  @ValueSource(
      strings = {
        "\"https://api.example.com\"",
        "[\"https://api.example.com\"]",
        "[\"x\",\"https://api.example.com\"]"
      })
  void audienceOfOurs_passes(String aud) throws RefusedException {
    assertValid(active("\"aud\":" + aud), "require.audience", AUDIENCE);
  }

  @ParameterizedTest
  @DisplayName("AUZ-01, AUZ-02: a token for another audience is refused")
  @ValueSource(
      strings = {
        "[]",
        "\"\"",
        "\"x\"",
        "[\"x\",\"y\"]",
        "\"https://api.example.com/\"",
        "\"https://API.example.com\"",
        "\"https://api.example.com.evil.example\"",
        "\"https://api.example.co\"",
        "\"https://api.example.com https://other.example.com\""
      })
  void otherAudience_isRefused(String aud) {
    assertInvalid(
        Reason.AUDIENCE_MISMATCH,
        "require.audience",
        active("\"aud\":" + aud),
        "require.audience",
        AUDIENCE);
  }

  @Test
  @DisplayName("AUZ-03, CH-11: without aud no token is for us, once an audience is set")
  void noAudience_isRefused() throws RefusedException {
    assertInvalid(
        Reason.AUDIENCE_MISMATCH, "require.audience", active(""), "require.audience", AUDIENCE);
    assertValid(active(""));
  }

  @ParameterizedTest
  @DisplayName("AUZ-04: each of several audiences will do")
  @CsvSource({"https://one.example, true", "urn:two, true", "urn:three, false"})
  void anyOfSeveralAudiences_passes(String aud, boolean passes) throws RefusedException {
    TokenInfo info = active("\"aud\":\"" + aud + "\"");
    String both = "https://one.example, urn:two";
    if (passes) {
      assertValid(info, "require.audience", both);
    } else {
      assertInvalid(Reason.AUDIENCE_MISMATCH, "require.audience", info, "require.audience", both);
    }
  }

  private void assertValid(TokenInfo info, String... settings) throws RefusedException {
    assertSame(info, validate(info, settings).info());
  }

  private void assertInvalid(Reason reason, String setting, TokenInfo info, String... settings) {
    assertRefused(OAuthError.INVALID_TOKEN, reason, setting, () -> validate(info, settings));
  }

  private ValidToken validate(TokenInfo info, String... settings) throws RefusedException {
    AccessSettings access = Access.settings(settings);
    return new TokenValidator(access, () -> now).validate(info, AccessRule.of(access.general()));
  }
}
