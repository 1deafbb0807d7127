/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule holds where. The rules ask for a scope that is their own name. */
class AccessPolicyTest {

  private static final Map<String, String> RULES =
      Map.of(
          "all", "/*",
          "api", "/api/*",
          "api-admin", "/api/admin/*",
          "exact", "/api/admin/exact",
          "json", "*.json",
          "api-post", "POST /api/*",
          "all-post", "POST /*",
          "exact-put", "PUT /api/admin/exact");

  @ParameterizedTest
  @DisplayName("AUZ-07: the most specific pattern, then the rule that names the method")
  @CsvSource({
    "GET,  /,                 all",
    "POST, /,                 all-post",
    "GET,  /x,                all",
    "GET,  /api,              api",
    "GET,  /api/,             api",
    "GET,  /api/x,            api",
    "GET,  /apis,             all",
    "POST, /api/x,            api-post",
    "POST, /api/admin/x,      api-admin",
    "GET,  /api/admin/exact,  exact",
    "GET,  /api/admin/exact/, api-admin",
    "GET,  /api/admin/exacts, api-admin",
    "PUT,  /api/admin/exact,  exact-put",
    "put,  /api/admin/exact,  exact",
    "GET,  /API/x,            all",
    "GET,  /x.json,           all",
    "GET,  /api/x.json,       api"
  })
  void request_meetsTheMostSpecificRule(String method, String path, String rule) {
    assertEquals(rule, scopesOf(policy(RULES, "require"), method, path));
    List<String> reversed = new ArrayList<>(RULES.keySet());
    Collections.reverse(reversed);
    assertEquals(rule, scopesOf(policy(RULES, reversed, "require"), method, path));
  }

  @ParameterizedTest
  @DisplayName("HTTP-09: what guards GET guards HEAD, unless HEAD has a rule of its own")
  @CsvSource({
    "GET,  /orders/1, get",
    "HEAD, /orders/1, get",
    "POST, /orders/1, general",
    "GET,  /items/1,  both-get",
    "HEAD, /items/1,  both-head"
  })
  void head_meetsTheRuleForGet(String method, String path, String rule) {
    Map<String, String> rules =
        Map.of("get", "GET /orders/*", "both-get", "GET /items/*", "both-head", "HEAD /items/*");
    for (String first : List.of("both-get", "both-head")) {
      List<String> order = new ArrayList<>(List.of(first));
      rules.keySet().stream().filter(name -> !name.equals(first)).forEach(order::add);
      assertEquals(rule, scopesOf(policy(rules, order, "require"), method, path));
    }
  }

  @ParameterizedTest
  @DisplayName("AUZ-07: an extension is the least specific, and is that of the last segment")
  @CsvSource({
    "/x.json,      json",
    "/a/x.json,    json",
    "/a.json/x,    general",
    "/x.jsonp,     general",
    "/.json,       json",
    "/api/x.json,  api"
  })
  void extension_matchesTheLastSegment(String path, String rule) {
    Map<String, String> rules = Map.of("json", "*.json", "api", "/api/*");
    assertEquals(rule, scopesOf(policy(rules, "require"), "GET", path));
  }

  @Test
  @DisplayName("AUZ-07: where no rule holds, the default does")
  void noRule_isTheDefault() {
    Map<String, String> rules = Map.of("api", "/api/*");
    AccessRule general = policy(rules, "require").ruleFor(Access.request("GET", "/x"));
    assertEquals("general", scopesOf(general));
    AccessPolicy denying = policy(rules, "deny");
    Access.assertRefused(
        OAuthError.ACCESS_DENIED,
        Reason.CLIENT_NOT_ALLOWED,
        "rules.default",
        () ->
            denying
                .ruleFor(Access.request("GET", "/x"))
                .authorize(
                    new ProvenToken(
                        new ValidToken(Tokens.active("\"scope\":\"general\""), Tokens.NOW),
                        Optional.empty()),
                    Instant.EPOCH));
  }

  @ParameterizedTest
  @CsvSource({
    "/health, true, false",
    "/health/x, false, false",
    "/public, false, true",
    "/public/x, false, true",
    "/publics, false, false"
  })
  void paths_areExcludedOrOptional(String path, boolean isExcluded, boolean isOptional) {
    AccessPolicy policy =
        new AccessPolicy(
            Access.settings("paths.excluded", "/health", "paths.optional", "/public/*"));
    assertEquals(isExcluded, policy.isExcluded(path));
    assertEquals(isOptional, policy.isOptional(path));
  }

  private static String scopesOf(AccessPolicy policy, String method, String path) {
    return scopesOf(policy.ruleFor(Access.request(method, path)));
  }

  /** Those that a token without any is told to be missing. */
  private static String scopesOf(AccessRule rule) {
    ProvenToken token =
        new ProvenToken(new ValidToken(Tokens.active(""), Tokens.NOW), Optional.empty());
    RefusedException refusal =
        assertThrows(RefusedException.class, () -> rule.authorize(token, Instant.EPOCH));
    return String.valueOf(refusal.needed().get("scope"));
  }

  private static AccessPolicy policy(Map<String, String> rules, String otherwise) {
    return policy(rules, List.copyOf(rules.keySet()), otherwise);
  }

  private static AccessPolicy policy(
      Map<String, String> rules, List<String> order, String otherwise) {
    List<String> settings = new ArrayList<>();
    Collections.addAll(settings, "require.scopes", "general", "rules.default", otherwise);
    for (String name : order) {
      String[] parts = String.valueOf(rules.get(name)).split(" ");
      Collections.addAll(settings, "rule." + name + ".paths", parts[parts.length - 1]);
      Collections.addAll(settings, "rule." + name + ".scopes", name);
      if (parts.length > 1) {
        Collections.addAll(settings, "rule." + name + ".methods", parts[0]);
      }
    }
    return new AccessPolicy(Access.settings(settings.toArray(String[]::new)));
  }
}
