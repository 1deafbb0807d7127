/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static dev.portcullis.access.Access.assertRefused;
import static dev.portcullis.oauth.Tokens.active;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one rule asks of a token. */
class AccessRuleTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  @ParameterizedTest
  @DisplayName("AUZ-06, INT-24: all required scopes, or one of them, compared with case")
  @CsvSource({
    "a b, all, a b,   true",
    "a b, all, b c a, true",
    "a b, all, a,     false",
    "a b, all, A b,   false",
    "a b, all, '',    false",
    "a b, any, a,     true",
    "a b, any, b x,   true",
    "a b, any, A,     false",
    "a b, any, '',    false",
    "a b, any, ab,    false",
    "'',  all, '',    true",
    "'',  any, '',    true"
  })
  void scopes_areDemanded(String needed, String match, String granted, boolean suffices) {
    AccessRule rule =
        general("require.scopes", needed.replace(' ', ','), "require.scopes-match", match);
    ProvenToken token = token("\"scope\":\"" + granted + "\"");
    if (suffices) {
      assertSuffices(rule, token);
    } else {
      assertRefused(
          OAuthError.INSUFFICIENT_SCOPE,
          Reason.SCOPE_MISSING,
          "require.scopes",
          () -> rule.authorize(token, NOW));
    }
  }

  @Test
  @DisplayName("AUZ-06: what is required is told in the order of the setting")
  void requiredScopes_keepTheirOrder() {
    assertEquals("b a c", missing(general("require.scopes", "b, a, c")));
  }

  @ParameterizedTest
  @CsvSource({"app, true", "other, true", "App, false", "ap, false"})
  void clients_areListed(String client, boolean isListed) {
    AccessRule rule = general("require.client-ids", "app, other");
    ProvenToken token = token("\"client_id\":\"" + client + "\"");
    if (isListed) {
      assertSuffices(rule, token);
    } else {
      assertRefused(
          OAuthError.ACCESS_DENIED,
          Reason.CLIENT_NOT_ALLOWED,
          "require.client-ids",
          () -> rule.authorize(token, NOW));
    }
  }

  @Test
  void noClientId_isNoListedClient() {
    AccessRule rule = general("require.client-ids", "app");
    assertRefused(
        OAuthError.ACCESS_DENIED,
        Reason.CLIENT_NOT_ALLOWED,
        "require.client-ids",
        () -> rule.authorize(token("\"sub\":\"app\""), NOW));
  }

  @Test
  @DisplayName("AUZ-02, AUZ-03: none of the audiences is not good enough, and nothing is none")
  void audience_isComparedExactly() {
    AccessRule rule = general("require.audience", "urn:a, urn:b");
    assertTrue(rule.admitsAudience(Optional.of(Set.of("x", "urn:b"))));
    assertFalse(rule.admitsAudience(Optional.of(Set.of("urn:", "urn:ab", "URN:A"))));
    assertFalse(rule.admitsAudience(Optional.of(Set.of())));
    assertFalse(rule.admitsAudience(Optional.empty()));
    assertTrue(general().admitsAudience(Optional.empty()));
  }

  @Test
  @DisplayName("AUZ-07: the rule that denies admits no token")
  void deny_admitsNobody() {
    AccessRule rule = AccessRule.deny(Access.settings().general());
    assertRefused(
        OAuthError.ACCESS_DENIED,
        Reason.CLIENT_NOT_ALLOWED,
        "rules.default",
        () -> rule.authorize(token("\"scope\":\"admin\""), NOW));
  }

  @Test
  @DisplayName("AUZ-06: a rule replaces what is set for the whole filter, part by part")
  void rule_replacesTheGeneralPart() {
    AccessSettings settings =
        Access.settings(
            "require.scopes",
            "read",
            "require.audience",
            "urn:a",
            "require.client-ids",
            "app",
            "rule.write.scopes",
            "write, audit",
            "rule.write.scopes-match",
            "any",
            "rule.other.audience",
            "urn:b");
    AccessRule write = AccessRule.of(settings.rules().get(0).requirements());
    assertEquals("write audit", missing(write, "\"client_id\":\"app\""));
    assertTrue(write.admitsAudience(Optional.of(Set.of("urn:a"))));
    assertSuffices(write, token("\"client_id\":\"app\",\"scope\":\"audit\""));
    AccessRule other = AccessRule.of(settings.rules().get(1).requirements());
    assertEquals("read", missing(other, "\"client_id\":\"app\""));
    assertFalse(other.admitsAudience(Optional.of(Set.of("urn:a"))));
    assertEquals("rule.other.scopes", other.key("scopes"));
    assertRefused(
        OAuthError.ACCESS_DENIED,
        Reason.CLIENT_NOT_ALLOWED,
        "rule.other.client-ids",
        () -> other.authorize(token("\"scope\":\"read\""), NOW));
  }

  @Test
  @DisplayName("AUZ-06: a scope that cannot stand in a challenge stops the start")
  void badScope_isAProblem() {
    assertEquals(
        List.of(
            "require.scopes: 'a\"b' is not a scope token.",
            "rule.w.scopes: 'c\\d' is not a scope token."),
        Access.problems(
            reader -> Access.accessSettings(reader, Optional.empty()),
            "require.scopes",
            "a\"b",
            "rule.w.scopes",
            "c\\d"));
  }

  /** The scopes that a token is told to lack. */
  private static String missing(AccessRule rule, String... members) {
    ProvenToken token = token(String.join(",", members));
    RefusedException refusal =
        assertThrows(RefusedException.class, () -> rule.authorize(token, NOW));
    return String.valueOf(refusal.needed().get("scope"));
  }

  private static AccessRule general(String... settings) {
    return AccessRule.of(Access.settings(settings).general());
  }

  private static ProvenToken token(String members) {
    return new ProvenToken(new ValidToken(active(members), NOW), Optional.empty());
  }

  private static void assertSuffices(AccessRule rule, ProvenToken token) {
    try {
      rule.authorize(token, NOW);
    } catch (RefusedException e) {
      throw new AssertionError(e);
    }
  }
}
