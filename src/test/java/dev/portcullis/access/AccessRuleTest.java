/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static dev.portcullis.access.Access.assertRefused;
import static dev.portcullis.oauth.Tokens.active;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one rule asks of a token. */
class AccessRuleTest {

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
          () -> rule.authorize(token));
    }
  }

  @Test
  @DisplayName("AUZ-06: what is required is told in the order of the setting")
  void requiredScopes_keepTheirOrder() {
    assertEquals("b a c", general("require.scopes", "b, a, c").scopes().toString());
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
          () -> rule.authorize(token));
    }
  }

  @Test
  void noClientId_isNoListedClient() {
    AccessRule rule = general("require.client-ids", "app");
    assertRefused(
        OAuthError.ACCESS_DENIED,
        Reason.CLIENT_NOT_ALLOWED,
        "require.client-ids",
        () -> rule.authorize(token("\"sub\":\"app\"")));
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
        () -> rule.authorize(token("\"scope\":\"admin\"")));
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
    assertEquals("write audit", write.scopes().toString());
    assertTrue(write.admitsAudience(Optional.of(Set.of("urn:a"))));
    assertSuffices(write, token("\"client_id\":\"app\",\"scope\":\"audit\""));
    AccessRule other = AccessRule.of(settings.rules().get(1).requirements());
    assertEquals("read", other.scopes().toString());
    assertFalse(other.admitsAudience(Optional.of(Set.of("urn:a"))));
    assertEquals("rule.other.scopes", other.key("scopes"));
    assertRefused(
        OAuthError.ACCESS_DENIED,
        Reason.CLIENT_NOT_ALLOWED,
        "rule.other.client-ids",
        () -> other.authorize(token("\"scope\":\"read\"")));
  }

  @Test
  @DisplayName("AUZ-06: a scope that cannot stand in a challenge stops the start")
  void badScope_isAProblem() {
    assertEquals(
        List.of(
            "require.scopes: 'a\"b' is not a scope token.",
            "rule.w.scopes: 'c\\d' is not a scope token."),
        Access.problems(
            reader -> AccessSettings.read(reader, Optional.empty()),
            "require.scopes",
            "a\"b",
            "rule.w.scopes",
            "c\\d"));
  }

  private static AccessRule general(String... settings) {
    return AccessRule.of(Access.settings(settings).general());
  }

  private static ProvenToken token(String members) {
    return new ProvenToken(new ValidToken(active(members)), Optional.empty());
  }

  private static void assertSuffices(AccessRule rule, ProvenToken token) {
    try {
      rule.authorize(token);
    } catch (RefusedException e) {
      throw new AssertionError(e);
    }
  }
}
