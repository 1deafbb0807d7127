/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.EchoServlet;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A forward must not lead a token to where it is not meant for. */
class ForwardedAudienceTest {

  private static final class Forwarding extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      request.getRequestDispatcher(request.getParameter("to")).forward(request, response);
    }
  }

  @Test
  @DisplayName("HTTP-12, AUZ-01: the audience that the rule of the new path wants holds too")
  void forwardToAnotherAudience_isRefused() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      server.token("t", "{\"active\":true,\"sub\":\"alice\",\"aud\":\"orders\"}");
      TestingApplication.Builder builder =
          TestingApplication.builder()
              .asking(server.url("/introspect"))
              .with("rule.payments.paths", "/payments")
              .with("rule.payments.audience", "payments")
              .serving("/forward", new Forwarding())
              .serving("/", new EchoServlet());
      try (TestingApplication application = builder.start()) {
        String token = "Authorization: Bearer t";

        assertEquals(200, application.get("/forward?to=/orders", token).status());
        assertEquals(401, application.get("/forward?to=/payments", token).status());
        assertEquals(
            "rule.payments.audience",
            Journal.text(builder.journal().request(2), AuditField.FAILED_RULE_NAME));
        assertEquals(2, server.requests().size());
      }
    }
  }
}
