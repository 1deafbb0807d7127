/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.api.AuditField;
import dev.portcullis.api.Reason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about how, and how recently, the user authenticated (RFC 9470). */
class StepUpTest {

  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    api =
        Api.start(
            builder ->
                builder
                    .with("rule.gold.paths", "/gold")
                    .with("rule.gold.acr-values", "gold, platinum")
                    .with("rule.recent.paths", "/recent")
                    .with("rule.recent.max-age", "300")
                    .with("rule.both.paths", "/both")
                    .with("rule.both.acr-values", "gold")
                    .with("rule.both.max-age", "300")
                    .with("rule.both.scopes", "write"));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @DisplayName("AUZ-08, AUZ-10: acr is one of those that are listed, letter for letter")
  @CsvSource({
    "'\"acr\":\"gold\"', true",
    "'\"acr\":\"platinum\"', true",
    "'\"acr\":\"silver\"', false",
    "'\"acr\":\"Gold\"', false",
    "'\"acr\":\"gold platinum\"', false",
    "'\"acr\":\"\"', false",
    "'', false"
  })
  void context_isOneOfTheList(String members, boolean suffices) throws Exception {
    Observed observed = get("/gold", members);
    if (suffices) {
      observed.isPassed(1);
    } else {
      assertTooWeak(observed, "rule.gold.acr-values", Map.of("acr_values", "gold platinum"));
    }
  }

  @ParameterizedTest
  @DisplayName("AUZ-08, AUZ-09, AUZ-10: the user authenticated that recently, and not to come")
  @CsvSource({"-1, true", "-290, true", "8, true", "-310, false", "30, false"})
  void age_isLimited(long seconds, boolean suffices) throws Exception {
    long time = Instant.now().getEpochSecond() + seconds;
    Observed observed = get("/recent", "\"auth_time\":" + time);
    if (suffices) {
      observed.isPassed(1);
    } else {
      assertTooWeak(observed, "rule.recent.max-age", Map.of("max_age", "300"));
    }
  }

  @Test
  @DisplayName("AUZ-10: what the authorization server does not tell is not met")
  void unknownTime_isTooLongAgo() throws Exception {
    assertTooWeak(get("/recent", ""), "rule.recent.max-age", Map.of("max_age", "300"));
  }

  @Test
  @DisplayName("AUZ-08: one challenge tells all that is missing")
  void allThatIsMissing_isToldAtOnce() throws Exception {
    long now = Instant.now().getEpochSecond();
    Map<String, String> level = Map.of("acr_values", "gold", "max_age", "300");
    Map<String, String> all = new LinkedHashMap<>(level);
    all.put("scope", "write");
    String key = "rule.both.acr-values";
    assertTooWeak(get("/both", "\"acr\":\"silver\""), key, all);
    assertTooWeak(get("/both", "\"acr\":\"gold\",\"scope\":\"write\""), key, level);
    String good = "\"acr\":\"gold\",\"auth_time\":" + now;
    get("/both", good).lacksScope("write");
    get("/both", good + ",\"scope\":\"write\"").isPassed(1);
  }

  @ParameterizedTest
  @DisplayName("AUZ-10: a malformed answer is the authorization server's fault")
  @CsvSource({"'\"acr\":true'", "'\"auth_time\":\"x\"'", "'\"acr\":[\"gold\"]'"})
  void malformedAnswer_isUnavailable(String members) throws Exception {
    get("/gold", members).isUnavailable(Reason.AS_BAD_RESPONSE);
  }

  @Test
  @DisplayName("AUZ-11: what is required is told to accepted tokens only")
  void inactiveToken_isNotToldWhatIsRequired() throws Exception {
    api.server().token("gone", "{\"active\":false}");
    Observed observed = api.get("/both", "Authorization: Bearer gone");
    observed.isInvalid(Reason.TOKEN_INACTIVE, 1);
    assertFalse(observed.response().toString().contains("acr_values"));
  }

  private static Observed get(String path, String members) throws Exception {
    api.server().token("t", "{\"active\":true" + (members.isEmpty() ? "" : "," + members) + "}");
    return api.get(path, "Authorization: Bearer t");
  }

  private static void assertTooWeak(Observed observed, String setting, Map<String, String> needed) {
    observed.isTooWeak();
    Map<String, String> told = new LinkedHashMap<>(observed.challenge().parameters());
    told.keySet().removeAll(Set.of("realm", "error", "error_description"));
    assertEquals(needed, told);
    assertEquals(setting, observed.audited(AuditField.FAILED_RULE_NAME));
  }
}
