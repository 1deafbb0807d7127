/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.api.Reason;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.RecordingSink.Journal;
import java.util.List;
import java.util.Map;

/**
 * What one request led to, and the outcomes that the catalogue has short names for.
 *
 * @param response what the client got
 * @param passes how often the rest of the chain was called
 * @param questions what the authorization server was asked
 * @param entries the audit entries
 * @param log what was logged
 */
record Observed(
    RawHttp.Response response,
    int passes,
    List<RecordedRequest> questions,
    List<AuditEvent> entries,
    List<String> log) {

  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "invalid_request", "The request is malformed.",
          "invalid_token", "The access token is not valid for this request.",
          "insufficient_scope", "The request needs more privileges than the access token gives.",
          "insufficient_user_authentication",
              "The request needs a stronger or a more recent authentication of the user.",
          "access_denied", "Access is denied.",
          "temporarily_unavailable", "The request cannot be decided at the moment.",
          "server_error", "The request cannot be processed.");

  /** {@code PASS}: to the application, once, with a principal, after so many questions. */
  Observed isPassed(int asked) {
    assertEquals(200, response.status(), response.toString());
    assertEquals(1, passes);
    assertEquals(asked, questions.size());
    assertEquals("allowed", audited(AuditField.OUTCOME));
    assertEquals("200", audited(AuditField.RESPONSE_CODE));
    assertEquals("", audited(AuditField.FAILED_RULE_TYPE));
    assertEquals(List.of(), response.challenges());
    return this;
  }

  /** {@code 401-NONE}: how to authenticate, and no more. */
  Observed isUnauthenticated() {
    return isUnauthenticated(Reason.TOKEN_MISSING);
  }

  /** The same for that reason. */
  Observed isUnauthenticated(Reason reason) {
    assertRefused(401, reason, 0);
    assertEquals(List.of("Bearer realm=\"api\""), response.challenges());
    assertEquals("", response.body());
    assertEquals("unknown", audited(AuditField.AUTH_MECH));
    return this;
  }

  /** {@code 400-B(invalid_request)}, and {@code 400-X} where Bearer is the only scheme. */
  Observed isMalformed() {
    return isRefused(400, "invalid_request", Reason.REQUEST_MALFORMED, 0);
  }

  /** 400 for a path that can be read in more than one way. */
  Observed isAmbiguous() {
    return isRefused(400, "invalid_request", Reason.PATH_AMBIGUOUS, 0);
  }

  /** {@code 401-B(invalid_token)}, after so many questions. */
  Observed isInvalid(Reason reason, int asked) {
    return isRefused(401, "invalid_token", reason, asked);
  }

  /** {@code 403-S}. */
  Observed lacksScope(String needed) {
    assertRefused(403, Reason.SCOPE_MISSING, 1);
    ParsedChallenge challenge = challenge();
    assertEquals("insufficient_scope", challenge.parameters().get("error"));
    assertEquals(needed, challenge.parameters().get("scope"));
    assertBody("insufficient_scope");
    return this;
  }

  /** 401 because of how, or when, the user authenticated. */
  Observed isTooWeak() {
    assertRefused(401, Reason.STEP_UP_REQUIRED, 1);
    assertEquals("insufficient_user_authentication", challenge().parameters().get("error"));
    assertBody("insufficient_user_authentication");
    return this;
  }

  /** 403 without a challenge. */
  Observed isDenied(Reason reason, int asked) {
    assertRefused(403, reason, asked);
    assertEquals(List.of(), response.challenges());
    assertBody("access_denied");
    return this;
  }

  /** {@code 503-AS}. */
  Observed isUnavailable(Reason reason) {
    assertRefused(503, reason);
    assertEquals(List.of(), response.challenges());
    assertEquals(1, response.all("retry-after").size());
    assertTrue(response.header("retry-after").matches("[1-9][0-9]{0,3}"), response.toString());
    assertBody("temporarily_unavailable");
    return this;
  }

  /** 500, for a fault of the filter. */
  Observed isFault() {
    assertRefused(500, Reason.INTERNAL_ERROR);
    assertEquals(List.of(), response.challenges());
    assertEquals("", response.header("retry-after"));
    assertBody("server_error");
    return this;
  }

  /** That no audit entry, no log line and nothing in the response repeats a text. */
  Observed tellsNowhere(String secret) {
    assertFalse(entries.toString().contains(secret), entries.toString());
    assertFalse(log.toString().contains(secret), log.toString());
    assertFalse(response.toString().contains(secret), response.toString());
    return this;
  }

  /** One field of the request's audit entry, of which there is one. */
  String audited(AuditField field) {
    List<AuditEvent> requests =
        entries.stream().filter(event -> event.type() == AuditEvent.Type.REQUEST).toList();
    assertEquals(1, requests.size(), entries.toString());
    return Journal.text(requests.get(0), field);
  }

  /** The only challenge. */
  ParsedChallenge challenge() {
    assertEquals(1, response.challenges().size(), response.toString());
    return ParsedChallenge.of(response.challenges().get(0));
  }

  private Observed isRefused(int status, String error, Reason reason, int asked) {
    assertRefused(status, reason, asked);
    assertEquals(
        Map.of("realm", "api", "error", error, "error_description", described(error)),
        challenge().parameters());
    assertBody(error);
    return this;
  }

  private void assertRefused(int status, Reason reason, int asked) {
    assertRefused(status, reason);
    assertEquals(asked, questions.size(), questions.toString());
  }

  private void assertRefused(int status, Reason reason) {
    assertEquals(status, response.status(), response + " " + entries);
    assertEquals(0, passes, "passed on");
    assertEquals(List.of("no-store"), response.all("cache-control"));
    assertEquals(reason.code(), audited(AuditField.FAILED_RULE_TYPE));
    assertEquals(Integer.toString(status), audited(AuditField.RESPONSE_CODE));
    assertEquals(status < 500 ? "denied" : "error", audited(AuditField.OUTCOME));
  }

  private void assertBody(String error) {
    assertEquals(
        "{\"error\":\"" + error + "\",\"error_description\":\"" + described(error) + "\"}",
        response.body());
    assertEquals("application/json", response.header("content-type"));
  }

  private static String described(String error) {
    return DESCRIPTIONS.getOrDefault(error, "");
  }
}
