/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.Credentials;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsExtractorTest {

  private static final CredentialsExtractor BOTH =
      new CredentialsExtractor(Set.of(AuthScheme.BEARER, AuthScheme.DPOP), 256);
  private static final CredentialsExtractor BEARER =
      new CredentialsExtractor(Set.of(AuthScheme.BEARER), 256);
  private static final CredentialsExtractor DPOP =
      new CredentialsExtractor(Set.of(AuthScheme.DPOP), 256);

  @ParameterizedTest
  @CsvSource({
    "Bearer tok, BEARER",
    "bearer tok, BEARER",
    "BEARER   tok, BEARER",
    "DPoP tok, DPOP",
    "dpop tok, DPOP",
    "dPOp  tok, DPOP"
  })
  @DisplayName("BRR-01, BRR-02, BRR-03: one scheme, spaces, one token")
  void credentials_areRead(String field, AuthScheme scheme) throws Exception {
    Credentials credentials = BOTH.extract(Requests.with(field)).orElseThrow();
    assertEquals(scheme, credentials.scheme());
    assertEquals("tok", credentials.token().reveal());
    assertEquals(Optional.of(scheme), BOTH.attempted(Requests.with(field)));
  }

  @ParameterizedTest
  @CsvSource(
      value = {"DPoP|DPOP", "DPoP   |DPOP", "DPoP\ttok|DPOP", "Bearer|BEARER", "Bearer |BEARER"},
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false)
  @DisplayName("BRR-03, BRR-05: malformed in one scheme, and in which")
  void schemeWithoutToken_isMalformed(String field, AuthScheme scheme) {
    assertMalformed(BOTH, Requests.with(field));
    assertEquals(Optional.of(scheme), BOTH.attempted(Requests.with(field)));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "Bearer a,DPoP b|",
        "DPoP a, Bearer b|",
        "Basic x,\tdpop|DPOP",
        "a,Bearer b|BEARER",
        "Bearer a, bearer b|BEARER"
      },
      delimiter = '|')
  @DisplayName("BRR-08, FLD-60: malformed, and in which scheme if only one was tried")
  void severalCredentials_areAmbiguous(String field, AuthScheme scheme) {
    assertMalformed(BOTH, Requests.with(field));
    assertEquals(Optional.ofNullable(scheme), BOTH.attempted(Requests.with(field)));
    assertMalformed(BEARER, Requests.with(field));
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer a, DPoP b, ",
    "Bearer a, Bearer a, BEARER",
    "'', Bearer a, BEARER",
    "Basic x, DPoP a, DPOP"
  })
  @DisplayName(
      "BRR-07, FLD-60: several fields, malformed, and in which scheme if only one was tried")
  void severalFields_areAmbiguous(String first, String second, AuthScheme scheme) {
    ResourceRequest request = Requests.with(first, second);
    assertMalformed(BOTH, request);
    assertEquals(Optional.ofNullable(scheme), BOTH.attempted(request));
  }

  @Test
  @DisplayName("BRR-11, BRR-14, FLD-60: a token in the query, malformed in the scheme of the field")
  void tokenInQuery_isAmbiguous() {
    ResourceRequest alone = Requests.withQuery("access_token=x");
    ResourceRequest besides = Requests.withQuery("a=b&access_token=x", "Bearer tok");
    ResourceRequest other = Requests.withQuery("access%5Ftoken", "Basic x");
    for (ResourceRequest request : new ResourceRequest[] {alone, besides, other}) {
      assertMalformed(BOTH, request);
    }
    assertEquals(Optional.empty(), BOTH.attempted(alone));
    assertEquals(Optional.of(AuthScheme.BEARER), BOTH.attempted(besides));
    assertEquals(Optional.empty(), BOTH.attempted(other));
  }

  @Test
  @DisplayName("BRR-10: a scheme that is off is no scheme")
  void schemeThatIsOff_isNothing() throws Exception {
    assertEquals(Optional.empty(), DPOP.extract(Requests.with("Bearer tok")));
    assertEquals(Optional.empty(), DPOP.extract(Requests.with("Bearer")));
    assertEquals(Optional.empty(), BEARER.extract(Requests.with("DPoP tok")));
    assertEquals(Optional.empty(), BEARER.attempted(Requests.with("DPoP tok")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "Basic eDp5", "Token x", "Bearertok", "Bearer\u00a0tok", "=", ","})
  @DisplayName("BRR-06, BRR-09: nothing that is ours")
  void otherField_isNothing(String field) throws Exception {
    assertEquals(Optional.empty(), BOTH.extract(Requests.with(field)));
    assertEquals(Optional.empty(), BOTH.attempted(Requests.with(field)));
  }

  @Test
  @DisplayName("BRR-06: no field at all")
  void noField_isNothing() throws Exception {
    assertEquals(Optional.empty(), BOTH.extract(Requests.with()));
    assertEquals(Optional.empty(), BOTH.extract(Requests.withQuery("")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"00D!AQ", "a|b", "$", "a:b", "it's", "a=b", "=", "{a}", "a;b", "a@b", "a%20b"})
  @DisplayName("FLD-50: any visible character but those that quote and separate")
  void unusualToken_isRead(String token) throws Exception {
    Credentials credentials = BOTH.extract(Requests.with("Bearer " + token)).orElseThrow();
    assertEquals(token, credentials.token().reveal());
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "Bearer a,b|token characters",
        "Bearer a, b|token characters",
        "Bearer a\"b|token characters",
        "Bearer a\\b|token characters",
        "Bearer a b|token characters",
        "Bearer ä|token characters",
        "Bearer|no token",
        "Bearer a, DPoP b|several credentials"
      },
      delimiter = '|')
  @DisplayName("FLD-50, FLD-55: what is refused, and why")
  void malformedField_isRefusedWithItsReason(String field, String part) {
    RefusedException refusal = assertMalformed(BOTH, Requests.with(field));
    assertEquals("Authorization: " + part, refusal.detail());
    assertEquals("", refusal.setting());
  }

  @Test
  @DisplayName("FLD-51: a token may be as long as token.max-length says")
  void length_isBounded() throws Exception {
    String longest = "a".repeat(256);
    assertEquals(
        longest, BOTH.extract(Requests.with("Bearer  " + longest)).orElseThrow().token().reveal());
    RefusedException refusal = assertMalformed(BOTH, Requests.with("Bearer " + longest + "a"));
    assertEquals("token.max-length", refusal.setting());
    assertEquals("Authorization: token length", refusal.detail());
  }

  private static RefusedException assertMalformed(
      CredentialsExtractor extractor, ResourceRequest request) {
    RefusedException refusal =
        assertThrows(RefusedException.class, () -> extractor.extract(request));
    assertEquals(Optional.of(OAuthError.INVALID_REQUEST), refusal.error());
    assertEquals(Reason.REQUEST_MALFORMED, refusal.reason());
    return refusal;
  }
}
