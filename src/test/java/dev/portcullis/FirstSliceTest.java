/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The whole way once: request in, authorization server asked, answer out, audit entries written.
 */
class FirstSliceTest {

  @Test
  void requests_areJudgedAndRecorded() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      server.token(
          "good", "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\",\"scope\":\"read\"}");
      TestingApplication.Builder builder =
          TestingApplication.builder().asking(server.url("/introspect"));
      try (TestingApplication application = builder.start()) {
        RawHttp.Response none = application.get("/r");
        assertEquals(401, none.status());
        assertEquals(List.of("Bearer realm=\"api\""), none.challenges());
        RawHttp.Response good = application.get("/r", "Authorization: Bearer good");
        assertEquals(200, good.status());
        assertTrue(good.body().contains("principal=alice\n"), good.body());
        RawHttp.Response bad = application.get("/r", "Authorization: Bearer bad");
        assertEquals(401, bad.status());
        server.stop();
        RawHttp.Response down = application.get("/r", "Authorization: Bearer good");
        assertEquals(503, down.status());
        List<String> reasons =
            builder.journal().requests(4).stream()
                .map(event -> Journal.text(event, AuditField.FAILED_RULE_TYPE))
                .toList();
        assertEquals(List.of("token_missing", "", "token_inactive", "as_unavailable"), reasons);
      }
    }
  }
}
