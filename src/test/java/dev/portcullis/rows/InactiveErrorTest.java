/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordingSink.Journal;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that give an error for a dead token in place of {@code "active":false}. */
@DisplayName("FLD-10")
class InactiveErrorTest {

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final AtomicInteger TOKENS = new AtomicInteger();

  private static RawHttp.Response ask(IntrospectionRig rig, int status, String lines, String body)
      throws Exception {
    rig.server().next(Answers.full(status, lines, body));
    return rig.get("t" + TOKENS.incrementAndGet());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void errorThatIsListed_isAnInactiveToken(int status) throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.with("as.inactive-errors", "invalid_token, token_expired")) {
      for (String error : new String[] {"invalid_token", "token_expired"}) {
        String body = "{\"error\":\"" + error + "\",\"error_description\":\"x\"}";
        rig.assertInvalidToken(ask(rig, status, JSON, body), "token_inactive");
      }
      int calls = rig.calls();
      rig.assertInvalidToken(rig.get("t" + TOKENS.get()), "token_inactive");
      assertEquals(calls, rig.calls(), "remembered as any inactive token");
    }
  }

  @ParameterizedTest
  @CsvSource({"400, as_bad_response", "401, as_client_rejected", "403, as_client_rejected"})
  void byDefault_noErrorIsAnAnswer(int status, String reason) throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with()) {
      rig.assertUnavailable(ask(rig, status, JSON, "{\"error\":\"invalid_token\"}"), reason);
    }
  }

  @Test
  void statusAlone_isNoAnswer() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with("as.inactive-errors", "invalid_token")) {
      String error = "{\"error\":\"invalid_token\"}";
      rig.assertUnavailable(ask(rig, 401, JSON, ""), "as_client_rejected");
      rig.assertUnavailable(
          ask(rig, 401, JSON, "{\"error\":\"invalid_client\"}"), "as_client_rejected");
      rig.assertUnavailable(
          ask(rig, 401, JSON, "{\"error\":[\"invalid_token\"]}"), "as_client_rejected");
      rig.assertUnavailable(ask(rig, 401, JSON, "[" + error + "]"), "as_client_rejected");
      rig.assertUnavailable(ask(rig, 401, JSON, error + "x"), "as_client_rejected");
      rig.assertUnavailable(
          ask(rig, 401, JSON, "{\"error\":\"Invalid_Token\"}"), "as_client_rejected");
      rig.assertUnavailable(
          ask(rig, 401, "Content-Type: text/html\r\n", error), "as_client_rejected");
      rig.assertUnavailable(ask(rig, 400, "", error), "as_bad_response");
      rig.assertUnavailable(
          ask(rig, 400, JSON + "Content-Encoding: gzip\r\n", error), "as_bad_response");
      rig.assertUnavailable(ask(rig, 404, JSON, error), "as_bad_response");
      rig.assertUnavailable(ask(rig, 500, JSON, error), "as_bad_response");
      rig.assertUnavailable(ask(rig, 200, JSON, error), "as_bad_response");
      assertEquals(0, rig.reached());
    }
  }

  @Test
  void exchange_isRecordedAsInactiveWithItsStatus() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with("as.inactive-errors", "invalid_token")) {
      ask(rig, 401, JSON, "{\"error\":\"invalid_token\"}");
      var exchange =
          rig.journal().await(1, event -> event.type() == AuditEvent.Type.AS_REQUEST).get(0);
      assertEquals("inactive", Journal.text(exchange, AuditField.OUTCOME));
      assertEquals("401", Journal.text(exchange, AuditField.RESPONSE_CODE));
    }
  }
}
