/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import static dev.portcullis.oauth.Tokens.NOW;
import static dev.portcullis.oauth.Tokens.T;
import static dev.portcullis.oauth.Tokens.active;
import static dev.portcullis.oauth.Tokens.info;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an introspection response is read as. */
class TokenInfoTest {

  @ParameterizedTest
  @DisplayName("INT-15: active is a required JSON boolean")
  @ValueSource(
      strings = {
        "{}",
        "{\"sub\":\"x\"}",
        "{\"active\":\"true\"}",
        "{\"active\":\"false\"}",
        "{\"active\":1}",
        "{\"active\":0}",
        "{\"active\":null}",
        "{\"active\":[true]}",
        "{\"active\":{}}",
        "{\"Active\":true}"
      })
  void activeThatIsNoBoolean_isRefused(String json) {
    ClaimException refusal = assertThrows(ClaimException.class, () -> Tokens.parse(json, NOW));
    assertEquals("member 'active' is missing or of the wrong type", refusal.getMessage());
  }

  @Test
  @DisplayName("INT-16: of an inactive token nothing but that is kept")
  void inactive_hasNothingElse() {
    TokenInfo info = info("{\"active\":false,\"scope\":\"admin\",\"sub\":\"x\",\"aud\":\"a\"}");
    assertFalse(info.isActive());
    assertEquals(Scopes.NONE, info.scopes());
    assertEquals(Optional.empty(), info.subject());
    assertEquals(Optional.empty(), info.audience());
    assertEquals("{\"active\":false}", info.response().toString());
  }

  @Test
  @DisplayName("INT-16: an inactive token is inactive, whatever is wrong with the rest")
  void inactiveWithBadMembers_isInactive() {
    assertFalse(info("{\"active\":false,\"exp\":\"x\",\"aud\":7,\"cnf\":null}").isActive());
  }

  @ParameterizedTest
  @DisplayName("INT-19, INT-23, CH-09: a member that is relied on has its JSON type")
  @ValueSource(
      strings = {
        "\"exp\":\"1800000000\"",
        "\"exp\":true",
        "\"exp\":null",
        "\"exp\":[]",
        "\"exp\":{}",
        "\"exp\":1e400",
        "\"exp\":-1e400",
        "\"nbf\":\"1\"",
        "\"nbf\":null",
        "\"nbf\":[1]",
        "\"nbf\":1e400",
        "\"iat\":\"1\"",
        "\"iat\":false",
        "\"iat\":1e400",
        "\"auth_time\":\"x\"",
        "\"sub\":5",
        "\"sub\":null",
        "\"client_id\":{}",
        "\"scope\":[\"a\"]",
        "\"scope\":null",
        "\"aud\":7",
        "\"aud\":null",
        "\"aud\":{}",
        "\"aud\":[1]",
        "\"aud\":[\"a\",null]",
        "\"aud\":[[\"a\"]]",
        "\"cnf\":null",
        "\"cnf\":\"x\"",
        "\"cnf\":[]",
        "\"cnf\":{\"x5t#S256\":5}",
        "\"cnf\":{\"jkt\":null}",
        "\"acr\":1",
        "\"iss\":[]",
        "\"token_type\":5"
      })
  void memberOfTheWrongType_isRefused(String member) {
    ClaimException refusal =
        assertThrows(
            ClaimException.class, () -> Tokens.parse("{\"active\":true," + member + "}", NOW));
    String name = member.substring(1, member.indexOf('"', 1));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith("member '" + name), member);
  }

  @ParameterizedTest
  @DisplayName("INT-17, INT-19: expired from exp on, fractions cut, never later")
  @CsvSource({
    "1800000000,   1799999999, false",
    "1800000000,   1800000000, true",
    "1800000000,   1800000001, true",
    "1800000000.9, 1799999999, false",
    "1800000000.9, 1800000000, true",
    "18e8,         1799999999, false",
    "18e8,         1800000000, true",
    "0,            1800000000, true",
    "-0,           1800000000, true",
    "0.5,          0,          true",
    "-1,           1800000000, true",
    "-1e300,       1800000000, true",
    "1800000000000,       1800000000, false",
    "9007199254740992,    1800000000, false",
    "1000000000000000000, 1800000000, false",
    "1e300,               1800000000, false"
  })
  void exp_endsTheToken(String exp, long second, boolean isExpired) {
    assertEquals(isExpired, active("\"exp\":" + exp).isExpiredAt(second));
  }

  @Test
  void noExp_neverExpires() {
    TokenInfo info = active("");
    assertFalse(info.isExpiredAt(Long.MAX_VALUE - 1));
    assertEquals(Optional.empty(), info.expiresAt());
  }

  @ParameterizedTest
  @DisplayName("INT-20: a time beyond what the platform can hold is the latest it can")
  @ValueSource(strings = {"1000000000000000000", "9223372036854775806"})
  void hugeTimes_areCut(String time) {
    TokenInfo info = active("\"exp\":" + time + ",\"iat\":" + time + ",\"nbf\":0");
    assertEquals(Instant.MAX.getEpochSecond(), info.expiresAt().orElseThrow().getEpochSecond());
    assertEquals(Instant.MAX.getEpochSecond(), info.issuedAt().orElseThrow().getEpochSecond());
  }

  @ParameterizedTest
  @DisplayName("INT-18, INT-19: not valid before nbf, fractions rounded up")
  @CsvSource({
    "1800000000,   1799999999, true",
    "1800000000,   1800000000, false",
    "1799999999.9, 1800000000, false",
    "1799999999.9, 1799999999, true",
    "1800000000.1, 1800000000, true",
    "1800000000.1, 1800000001, false",
    "-5,           0,          false",
    "1e300,        1800000000, true"
  })
  void nbf_beginsTheToken(String nbf, long second, boolean isTooEarly) {
    assertEquals(isTooEarly, active("\"nbf\":" + nbf).isNotYetValidAt(second));
  }

  @ParameterizedTest
  @DisplayName("INT-24: scope is a list separated by spaces, in one case-sensitive string")
  @CsvSource(
      value = {"'read  write'|read,write", "' read'|read", "'READ read'|READ,read", "'b a b'|b,a"},
      delimiter = '|')
  void scope_isSplitAtSpaces(String scope, String tokens) {
    assertEquals(
        List.of(tokens.split(",")),
        List.copyOf(active("\"scope\":\"" + scope + "\"").scopes().values()));
  }

  @ParameterizedTest
  @DisplayName("INT-24: no scope is no scopes")
  @ValueSource(strings = {"", "\"scope\":\"\"", "\"scope\":\"  \""})
  void noScope_isTheEmptySet(String members) {
    assertTrue(active(members).scopes().isEmpty());
  }

  @Test
  @DisplayName("INT-24: scopes are not separated by anything but the space")
  void tabOrComma_doesNotSplitScopes() {
    assertEquals(Set.of("a,b\tc"), active("\"scope\":\"a,b\\tc\"").scopes().values());
  }

  @Test
  @DisplayName("AUZ-02: aud is a string or a list of them, and none is not the same as empty")
  void aud_isOneOrSeveralOrAbsent() {
    assertEquals(Optional.of(Set.of("a")), active("\"aud\":\"a\"").audience());
    assertEquals(Optional.of(Set.of("a", "b")), active("\"aud\":[\"a\",\"b\",\"a\"]").audience());
    assertEquals(Optional.of(Set.of()), active("\"aud\":[]").audience());
    assertEquals(Optional.empty(), active("").audience());
  }

  @Test
  void members_areRead() {
    TokenInfo info =
        active(
            "\"sub\":\"s\",\"client_id\":\"c\",\"iss\":\"i\",\"token_type\":\"Bearer\",\"iat\":5.9");
    assertEquals(Optional.of("s"), info.subject());
    assertEquals(Optional.of("c"), info.clientId());
    assertEquals(Optional.of("i"), info.issuer());
    assertEquals(Optional.of("Bearer"), info.tokenType());
    assertEquals(Optional.of(Instant.ofEpochSecond(5)), info.issuedAt());
    assertEquals(NOW, info.retrievedAt());
    assertFalse(info.isRefreshToken());
    assertTrue(active("\"token_use\":\"refresh_token\"").isRefreshToken());
  }

  @Test
  @DisplayName("INT-24: a member that is not understood is kept")
  void unknownMember_isKept() {
    TokenInfo info = active("\"x_custom\":{\"a\":1},\"username\":7");
    assertEquals("{\"a\":1}", info.response().get("x_custom").orElseThrow().toString());
  }

  @Test
  @DisplayName("CAC-12: what was read cannot be changed")
  void parts_areImmutable() {
    TokenInfo info = active("\"aud\":[\"a\"],\"scope\":\"r\"");
    assertThrows(UnsupportedOperationException.class, () -> info.audience().orElseThrow().add("b"));
    assertThrows(UnsupportedOperationException.class, () -> info.scopes().values().add("admin"));
    assertThrows(
        UnsupportedOperationException.class,
        () -> info.response().members().put("sub", new JsonString("root")));
  }

  @Test
  @DisplayName("INT-25: printing it shows no member")
  void text_showsNoMember() {
    String text = active("\"sub\":\"alice\",\"email\":\"a@example.com\"").toString();
    assertEquals("TokenInfo[active=true]", text);
  }

  @Test
  void expiresAt_isTheInstantOfExp() {
    assertEquals(
        Optional.of(NOW.plus(Duration.ofSeconds(30))), active("\"exp\":" + (T + 30)).expiresAt());
  }
}
