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
        "\"exp\":true",
        "\"exp\":\"\"",
        "\"exp\":\"2027-01-15T08:00:00Z\"",
        "\"exp\":\"1800000000 \"",
        "\"exp\":\"+1800000000\"",
        "\"exp\":\"-1\"",
        "\"exp\":\"1800000000.0\"",
        "\"exp\":\"18e8\"",
        "\"exp\":\"1800000000000ms\"",
        "\"exp\":\"1234567890123456\"",
        "\"exp\":\"\u0661\"",
        "\"exp\":[]",
        "\"exp\":{}",
        "\"exp\":1e400",
        "\"exp\":-1e400",
        "\"nbf\":\"1 \"",
        "\"nbf\":[1]",
        "\"nbf\":1e400",
        "\"iat\":\"x\"",
        "\"iat\":false",
        "\"iat\":1e400",
        "\"auth_time\":\"x\"",
        "\"sub\":true",
        "\"sub\":[5]",
        "\"username\":{}",
        "\"client_id\":{}",
        "\"scope\":7",
        "\"scope\":[\"a\",7]",
        "\"scope\":[\"a\",null]",
        "\"scope\":[[\"a\"]]",
        "\"scope\":{\"a\":true}",
        "\"aud\":7",
        "\"aud\":{}",
        "\"aud\":[1]",
        "\"aud\":[\"a\",null]",
        "\"aud\":[[\"a\"]]",
        "\"cnf\":\"x\"",
        "\"cnf\":[]",
        "\"cnf\":{\"x5t#S256\":5}",
        "\"cnf\":{\"jkt\":7}",
        "\"acr\":true",
        "\"iss\":[]",
        "\"token_type\":5",
        "\"token_use\":5"
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
    assertEquals(Optional.empty(), info.tokenUse());
    assertEquals(Optional.of("id"), active("\"token_use\":\" id \"").tokenUse());
  }

  @Test
  @DisplayName("INT-24: a member that is not understood is kept")
  void unknownMember_isKept() {
    TokenInfo info = active("\"x_custom\":{\"a\":1},\"name\":7");
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

  @ParameterizedTest
  @DisplayName("FLD-01: a member that is null is as if it were absent, active apart")
  @ValueSource(
      strings = {
        "exp",
        "nbf",
        "iat",
        "jti",
        "iss",
        "aud",
        "sub",
        "username",
        "client_id",
        "scope",
        "cnf",
        "token_type",
        "token_use",
        "acr",
        "auth_time",
        "email"
      })
  void nullMember_isAbsent(String name) {
    TokenInfo info = active("\"x\":{\"a\":null,\"b\":1},\"" + name + "\":null");
    assertEquals("{\"active\":true,\"x\":{\"b\":1}}", info.response().toString());
    assertEquals(Optional.empty(), info.expiresAt());
    assertFalse(info.isNotYetValidAt(0));
    assertEquals(Optional.empty(), info.audience());
    assertEquals(Confirmation.NONE, info.confirmation());
    assertEquals(Optional.empty(), info.subject());
  }

  @ParameterizedTest
  @DisplayName("FLD-02: scope may be an array: the union of all words in it")
  @CsvSource(
      value = {
        "['read','write']|read,write",
        "['read write']|read,write",
        "['read write','write  admin']|read,write,admin",
        "['', ' ']|",
        "[]|"
      },
      delimiter = '|')
  void scopeArray_isTheUnionOfItsWords(String array, String words) {
    TokenInfo info = active("\"scope\":" + array.replace('\'', '"'));
    assertEquals(
        words == null ? Set.of() : Set.of(words.split(",")), Set.copyOf(info.scopes().values()));
  }

  @ParameterizedTest
  @DisplayName("FLD-03: a text of 1 to 15 digits is that time")
  @CsvSource({"1800000000", "0", "7", "0001800000000", "999999999999999", "000000000000000"})
  void timeInDigits_isThatTime(String digits) {
    String text = "\"" + digits + "\"";
    TokenInfo info =
        active(
            "\"exp\":" + text + ",\"nbf\":" + text + ",\"iat\":" + text + ",\"auth_time\":" + text);
    long second = Long.parseLong(digits);
    assertEquals(Optional.of(Instant.ofEpochSecond(second)), info.expiresAt());
    assertTrue(info.isExpiredAt(second));
    assertFalse(info.isExpiredAt(second - 1));
    assertFalse(info.isNotYetValidAt(second));
    assertTrue(info.isNotYetValidAt(second - 1));
    assertEquals(Optional.of(Instant.ofEpochSecond(second)), info.issuedAt());
    assertEquals(Optional.of(Instant.ofEpochSecond(second)), info.authenticatedAt());
  }

  @ParameterizedTest
  @DisplayName("FLD-06: a number where text is usual is its text, as written")
  @ValueSource(
      strings = {
        "5",
        "-0",
        "1.50",
        "1E3",
        "12345678901234567890",
        "123456789012345678901234567890123"
      })
  void numberForAName_isItsText(String number) {
    TokenInfo info =
        active("\"sub\":N,\"client_id\":N,\"username\":N,\"acr\":N".replace("N", number));
    assertEquals(Optional.of(number), info.subject());
    assertEquals(Optional.of(number), info.clientId());
    assertEquals(Optional.of(number), info.username());
    assertEquals(Optional.of(number), info.authenticationContext());
  }

  @ParameterizedTest
  @DisplayName("FLD-07: a lone surrogate in a member that decides nothing is replaced")
  @ValueSource(
      strings = {
        "\"name\":\"\\ud83d\"",
        "\"name\":[\"\\ude00\"]",
        "\"name\":{\"x\":\"\\ud83d\"}",
        "\"n\\ud800\":1",
        "\"x\":{\"sub\":\"\\ud800\"}"
      })
  void loneSurrogateElsewhere_isReplaced(String member) {
    String response = active(member).response().toString();
    assertTrue(response.contains("\ufffd"), response);
  }

  @ParameterizedTest
  @DisplayName("FLD-07: a lone surrogate in a member that decides makes it unreadable")
  @ValueSource(
      strings = {
        "exp",
        "nbf",
        "iat",
        "jti",
        "iss",
        "aud",
        "sub",
        "username",
        "client_id",
        "scope",
        "token_type",
        "token_use",
        "acr",
        "auth_time"
      })
  void loneSurrogateThatDecides_isRefused(String name) {
    for (String value : List.of("\"a\\ud83d\"", "[\"a\",\"\\ude00\"]")) {
      ClaimException refusal = refusal("\"" + name + "\":" + value, List.of());
      assertEquals("member '" + name + "' has a lone surrogate", refusal.getMessage());
    }
  }

  @Test
  @DisplayName("FLD-07: a binding and an attribute that a setting names decide")
  void loneSurrogateInABindingOrANamedAttribute_isRefused() {
    refusal("\"cnf\":{\"jkt\":\"\\ud83d\"}", List.of());
    refusal("\"cnf\":{\"kid\":\"\\ud83d\"}", List.of());
    List<AttributePath> named = List.of(new AttributePath("realm.roles"));
    refusal("\"realm\":{\"roles\":[\"a\",\"\\ud83d\"]}", named);
    refusal("\"realm.roles\":\"\\ud83d\"", named);
    active("\"realm\":{\"roles\":[\"a\",\"\\ud83d\"]}");
  }

  @Test
  @DisplayName("FLD-07: of an inactive token nothing else decides")
  void loneSurrogateOfAnInactiveToken_doesNotMatter() {
    assertFalse(info("{\"active\":false,\"sub\":\"\\ud800\"}").isActive());
  }

  @Test
  @DisplayName("FLD-08: thousands of roles, and a number of any length that decides nothing")
  void longAnswer_isRead() {
    String roles = "\"r\"" + ",\"r\"".repeat(2499);
    TokenInfo info = active("\"roles\":[" + roles + "],\"big\":" + "9".repeat(100));
    assertEquals(2500, new AttributePath("roles").listIn(info).size());
  }

  private static ClaimException refusal(String member, List<AttributePath> named) {
    return assertThrows(
        ClaimException.class, () -> Tokens.parse("{\"active\":true," + member + "}", NOW, named));
  }
}
