/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.testing.RawHttp.Response;
import java.util.List;

/**
 * One line of the table of refusals: what the caller gets, octet for octet, and what stands in the
 * audit trail.
 *
 * @param status status code
 * @param challenges {@code WWW-Authenticate} fields
 * @param body the body
 * @param outcome {@code outcome} of the audit entry
 */
record Refusal(int status, List<String> challenges, String body, String outcome) {

  static final Refusal UNAUTHENTICATED =
      new Refusal(401, List.of("Bearer realm=\"api\""), "", "denied");
  static final Refusal INVALID_REQUEST =
      challenged(400, "invalid_request", "The request is malformed.", "");
  static final Refusal INVALID_TOKEN =
      challenged(401, "invalid_token", "The access token is not valid for this request.", "");
  static final Refusal ACCESS_DENIED =
      new Refusal(403, List.of(), json("access_denied", "Access is denied."), "denied");
  static final Refusal UNAVAILABLE =
      new Refusal(
          503,
          List.of(),
          json("temporarily_unavailable", "The request cannot be decided at the moment."),
          "error");

  static Refusal insufficientScope(String scope) {
    return challenged(
        403,
        "insufficient_scope",
        "The request needs more privileges than the access token gives.",
        ", scope=\"" + scope + "\"");
  }

  private static Refusal challenged(int status, String error, String description, String more) {
    String challenge =
        "Bearer error=\"%s\", error_description=\"%s\"%s, realm=\"api\""
            .formatted(error, description, more);
    return new Refusal(status, List.of(challenge), json(error, description), "denied");
  }

  private static String json(String error, String description) {
    return "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description);
  }

  /** A request that is to be refused. */
  interface Request {
    Response send() throws Exception;
  }

  /** Sends a request, which must be refused like this and for that reason. */
  Response expect(Site site, String reason, Request request) throws Exception {
    AuditFile audit = site.webapp().audit();
    int before = audit.size();
    Response response = request.send();
    matches(response);
    List<AuditFile.Entry> entries = audit.awaitAfter(before, "request", 1);
    assertEquals(1, entries.size(), entries::toString);
    AuditFile.Entry entry = entries.get(0);
    assertAll(
        entry.json(),
        () -> assertEquals(reason, entry.get("failedRuleType")),
        () -> assertEquals(outcome, entry.get("outcome")),
        () -> assertEquals(Integer.toString(status), entry.get("responseCode")));
    return response;
  }

  /** The response must be this refusal. */
  void matches(Response response) {
    assertAll(
        response.toString(),
        () -> assertEquals(status, response.status()),
        () -> assertEquals(challenges, response.challenges()),
        () -> assertEquals(body, response.body()),
        () -> assertEquals("no-store", response.header("Cache-Control")),
        () -> assertEquals(body.isEmpty() ? "" : "application/json", type(response)),
        () -> assertEquals("" + body.length(), response.header("Content-Length")),
        () -> assertEquals("", response.header("Set-Cookie")),
        () -> assertEquals(status == 503, !response.header("Retry-After").isEmpty()));
  }

  private static String type(Response response) {
    return response.header("Content-Type");
  }
}
