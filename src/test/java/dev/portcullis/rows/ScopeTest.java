/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a token may be used for, by path and method (RFC 6750 section 3.1). */
class ScopeTest {

  private static IntrospectionRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig =
        IntrospectionRig.with(
            "require.scopes", "base",
            "rule.orders.paths", "/orders, /orders/*",
            "rule.orders.methods", "POST, PUT",
            "rule.orders.scopes", "write",
            "rule.both.paths", "/both/*",
            "rule.both.scopes", "a b",
            "rule.either.paths", "/either/*",
            "rule.either.scopes", "a b",
            "rule.either.scopes-match", "any");
    rig.active("none", "");
    for (String scope : new String[] {"read", "read write", "base", "a", "b", "b a", "c"}) {
      rig.active(scope.replace(' ', '.'), "\"scope\":\"" + scope + "\"");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  @ParameterizedTest
  @DisplayName("AUZ-06: the rule for path and method decides, and the challenge lists its scopes")
  @CsvSource({
    "POST, /orders,   read,       write",
    "POST, /orders,   base,       write",
    "POST, /orders,   none,       write",
    "POST, /orders,   read.write, ''",
    "PUT,  /orders/1, read.write, ''",
    "PUT,  /orders/1, read,       write",
    "GET,  /orders,   read.write, base",
    "GET,  /orders,   base,       ''",
    "POST, /order,    read.write, base",
    "GET,  /both/x,   a,          a b",
    "GET,  /both/x,   b,          a b",
    "GET,  /both/x,   none,       a b",
    "GET,  /both/x,   b.a,        ''",
    "GET,  /either/x, a,          ''",
    "GET,  /either/x, b,          ''",
    "GET,  /either/x, c,          a b",
    "GET,  /,         base,       ''",
    "GET,  /,         a,          base"
  })
  void rule_decides(String method, String path, String token, String missing) throws Exception {
    int reached = rig.reached();
    RawHttp.Response response = rig.send(method, path, token);
    if (missing.isEmpty()) {
      rig.assertPasses(response);
      assertEquals(reached + 1, rig.reached());
    } else {
      rig.assertInsufficientScope(response, missing);
      assertEquals(reached, rig.reached());
    }
  }

  @Test
  @DisplayName("AUZ-06: the entry names the rule that was not met")
  void entry_namesTheRule() throws Exception {
    rig.send("POST", "/orders", "read");
    assertEquals("rule.orders.scopes", rig.audited(AuditField.FAILED_RULE_NAME));
    rig.get("/", "a");
    assertEquals("require.scopes", rig.audited(AuditField.FAILED_RULE_NAME));
  }

  @Test
  @DisplayName("AUZ-06, INT-16: what is required is told to accepted tokens only")
  void inactiveToken_isNotToldTheScopes() throws Exception {
    RawHttp.Response response = rig.send("POST", "/orders", "unknown");
    rig.assertInvalidToken(response, "token_inactive");
    assertFalse(response.challenges().toString().contains("write"));
  }

  @Test
  @DisplayName("AUZ-06: two filters in one application, each with its own requirement")
  void filters_haveRequirementsOfTheirOwn() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      server.token("r", "{\"active\":true,\"scope\":\"read\"}");
      server.token("rw", "{\"active\":true,\"scope\":\"read write\"}");
      TestingApplication.Builder builder =
          TestingApplication.builder()
              .asking(server.url("/introspect"))
              .with("require.scopes", "read")
              .guarding("/*")
              .with("require.scopes", "write")
              .guarding("/write/*");
      try (TestingApplication application = builder.startAsItIs()) {
        assertEquals(200, application.get("/r", "Authorization: Bearer r").status());
        RawHttp.Response refused = application.get("/write/r", "Authorization: Bearer r");
        assertEquals(403, refused.status());
        assertEquals(1, refused.challenges().size());
        assertEquals(true, refused.challenges().get(0).contains(", scope=\"write\", "));
        assertEquals(200, application.get("/write/r", "Authorization: Bearer rw").status());
      }
    }
  }
}
