/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.RawHttp;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** INT-29: what can be refused here is refused here. */
class IntrospectionLocalCheckTest {

  private static IntrospectionRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = IntrospectionRig.with("paths.optional", "/public/*", "paths.excluded", "/health");
    rig.active("tok", "");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  static Stream<Arguments> refused() {
    String good = "Authorization: Bearer tok";
    return Stream.of(
        refusal(401, "token_missing", "/r"),
        refusal(401, "token_missing", "/r", "Authorization: "),
        refusal(401, "token_missing", "/r", "Authorization: Basic dG9rOg=="),
        refusal(401, "dpop_not_accepted", "/r", "Authorization: DPoP tok", "DPoP: e30.e30.x"),
        refusal(401, "token_missing", "/r", "Authorization: tok"),
        refusal(400, "request_malformed", "/r", "Authorization: Bearer"),
        refusal(400, "request_malformed", "/r", "Authorization: Bearer tok tok"),
        refusal(400, "request_malformed", "/r", "Authorization: Bearer tok,"),
        refusal(400, "request_malformed", "/r", "Authorization: Bearer \"tok\""),
        refusal(400, "request_malformed", "/r", "Authorization: Bearer t\u00f6k"),
        refusal(400, "request_malformed", "/r", "Authorization: Bearer " + "x".repeat(16_385)),
        refusal(400, "request_malformed", "/r", good, good),
        refusal(400, "request_malformed", "/r", good, "Authorization: Basic dG9rOg=="),
        refusal(400, "request_malformed", "/r", "Authorization: Bearer tok, Bearer tok"),
        refusal(400, "request_malformed", "/r?access_token=tok"),
        refusal(400, "request_malformed", "/r?access_token=tok", good),
        refusal(400, "request_malformed", "/r?a=b&access%5Ftoken=tok", good),
        refusal(400, "path_ambiguous", "/r%C2%80", good));
  }

  @ParameterizedTest
  @DisplayName("INT-29: a request that fails here does not reach the authorization server")
  @MethodSource("refused")
  void badRequest_asksNobody(int status, String reason, String path, String[] fieldLines)
      throws Exception {
    int reached = rig.reached();
    RawHttp.Response response = rig.raw("GET", path, fieldLines);
    assertEquals(status, response.status());
    assertEquals(reason, rig.audited(AuditField.FAILED_RULE_TYPE));
    assertEquals(reached, rig.reached());
    assertEquals(0, rig.calls());
  }

  @Test
  @DisplayName("INT-29: nor does one that needs no token")
  void requestWithoutToken_asksNobody() throws Exception {
    assertEquals(200, rig.raw("GET", "/public/r").status());
    assertEquals(
        200,
        RawHttp.get(rig.port(), "/health", "Authorization: Bearer tok").status(),
        "no entry is made of it");
    assertEquals(0, rig.calls());
  }

  @Test
  @DisplayName("INT-29: nor does a token that came in the clear")
  void insecureRequest_asksNobody() throws Exception {
    try (IntrospectionRig remote =
        IntrospectionRig.made(builder -> builder.behind(new FromAfar()))) {
      remote.active("tok", "");
      assertEquals(403, remote.get("tok").status());
      assertEquals("https_required", remote.audited(AuditField.FAILED_RULE_TYPE));
      assertEquals(0, remote.reached());
      assertEquals(0, remote.calls());
    }
  }

  private static Arguments refusal(int status, String reason, String path, String... fieldLines) {
    return Arguments.of(status, reason, path, fieldLines);
  }

  private static final class FromAfar extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(
          new HttpServletRequestWrapper(request) {
            @Override
            public String getRemoteAddr() {
              return "203.0.113.9";
            }
          },
          response);
    }
  }
}
