/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.RecordingSink.Journal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a token is for (RFC 9700 section 2.3), and what the authorization server is told of it. */
class AudienceTest {

  private static final String US = "https://api.example.com";

  @Test
  @DisplayName("AUZ-01: a token for others is refused, also when it is remembered")
  void otherAudience_isRefusedEachTime() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with("require.audience", US)) {
      rig.active("tok", "\"aud\":\"https://other.example.com\"");
      rig.assertInvalidToken(rig.get("tok"), "audience_mismatch");
      assertEquals("introspection", rig.audited(AuditField.TOKEN_SOURCE));
      rig.assertInvalidToken(rig.get("tok"), "audience_mismatch");
      assertEquals("cache", rig.audited(AuditField.TOKEN_SOURCE));
      assertEquals("require.audience", rig.audited(AuditField.FAILED_RULE_NAME));
      assertEquals(1, rig.calls());
      assertEquals(0, rig.reached());
    }
  }

  @ParameterizedTest
  @DisplayName("AUZ-02: one of the audiences is ours")
  @ValueSource(strings = {"\"https://api.example.com\"", "[\"x\",\"https://api.example.com\"]"})
  void audienceOfOurs_passes(String aud) throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with("require.audience", US)) {
      rig.active("tok", "\"aud\":" + aud);
      rig.assertPasses(rig.get("tok"));
      rig.assertPasses(rig.get("tok"));
    }
  }

  @ParameterizedTest
  @DisplayName("AUZ-02: ours is meant to the letter")
  @ValueSource(
      strings = {
        "[]",
        "\"\"",
        "\"https://api.example.com/\"",
        "\"https://API.example.com\"",
        "\"https://api.example.com.evil.example\"",
        "\"https://api.example.co\""
      })
  void almostOurs_isRefused(String aud) throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with("require.audience", US)) {
      rig.active("tok", "\"aud\":" + aud);
      rig.assertInvalidToken(rig.get("tok"), "audience_mismatch");
      assertEquals(0, rig.reached());
    }
  }

  @Test
  @DisplayName("AUZ-03: no audience is not ours, unless none is asked for")
  void noAudience_isRefused() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with("require.audience", US)) {
      rig.active("tok", "");
      rig.assertInvalidToken(rig.get("tok"), "audience_mismatch");
    }
    try (IntrospectionRig rig = IntrospectionRig.with()) {
      rig.active("tok", "");
      rig.assertPasses(rig.get("tok"));
    }
  }

  @ParameterizedTest
  @DisplayName("AUZ-04: each of two audiences, none of which comes from the request")
  @CsvSource({"https://one.example, true", "https://two.example, true", "https://other, false"})
  void eachOfTwo_passes(String aud, boolean passes) throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.with("require.audience", "https://one.example, https://two.example")) {
      rig.active("tok", "\"aud\":\"" + aud + "\"");
      if (passes) {
        rig.assertPasses(rig.get("tok"));
        rig.assertPasses(rig.get("/r", "tok", "Host: other"));
      } else {
        rig.assertInvalidToken(rig.get("tok"), "audience_mismatch");
        rig.assertInvalidToken(rig.get("/r", "tok", "Host: other"), "audience_mismatch");
      }
    }
  }

  @Test
  @DisplayName("AUZ-05: nothing is sent unless it is switched on")
  void off_sendsNothing() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with("request.base-urls", US)) {
      rig.get("tok");
      assertEquals(Optional.empty(), rig.server().onlyRequest().parameter("aud"));
    }
  }

  @Test
  @DisplayName("AUZ-05: a fixed audience is sent, whatever is asked for")
  void fixedAudience_isSent() throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.with("as.send-audience", "true", "as.audience-value", "urn:fixed/ü")) {
      rig.active("tok", "");
      rig.get("/a?b", "tok", "Host: evil.example", "X-Forwarded-Host: evil.example");
      assertEquals(Optional.of("urn:fixed/ü"), rig.server().onlyRequest().parameter("aud"));
      rig.assertPasses(rig.get("/other", "tok"));
      assertEquals(1, rig.calls());
      assertEquals(List.of("urn:fixed/ü"), auditedAudiences(rig));
    }
  }

  @ParameterizedTest
  @DisplayName("AUZ-05: else the base URL that is set and the canonical path")
  @CsvSource({
    "/r,           X-None: x,                      /r",
    "/r,           Host: evil.example,             /r",
    "/r,           Host: evil.example:80,          /r",
    "/r,           X-Forwarded-Host: evil.example, /r",
    "/r,           X-Forwarded-Proto: http,        /r",
    "/r,           'Forwarded: host=evil.example', /r",
    "/r?y,         X-None: x,                      /r",
    "/r?aud=evil,  X-None: x,                      /r",
    "/r;x=1,       X-None: x,                      /r",
    "/a;x=1/r;y,   X-None: x,                      /a/r",
    "/%72,         X-None: x,                      /r",
    "/a/../r,      X-None: x,                      /r",
    "/./r,         X-None: x,                      /r",
    "/a%20b,       X-None: x,                      /a%20b",
    "/%c3%a4,      X-None: x,                      /%C3%A4",
    "/r%3Bx=1,     X-None: x,                      /r%3Bx=1",
    "/R,           X-None: x,                      /R",
    "/,            X-None: x,                      /"
  })
  void caller_cannotSteerTheAudience(String path, String fieldLine, String sent) throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.with("as.send-audience", "true", "request.base-urls", US)) {
      rig.active("tok", "");
      rig.get(path, "tok", fieldLine);
      RecordedRequest asked = rig.server().onlyRequest();
      assertEquals(Optional.of(US + sent), asked.parameter("aud"));
      assertEquals(List.of(US + sent), auditedAudiences(rig));
    }
  }

  @Test
  @DisplayName("AUZ-05: a path with an empty segment is sent without it, or not at all")
  void emptySegment_isNotSent() throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.with("as.send-audience", "true", "request.base-urls", US)) {
      rig.active("tok", "");
      RawHttp.get(rig.port(), "//r", "Authorization: Bearer tok");
      for (RecordedRequest asked : rig.server().requests()) {
        assertEquals(Optional.of(US + "/r"), asked.parameter("aud"));
      }
    }
  }

  @ParameterizedTest
  @DisplayName("AUZ-05, CAC-07: a container that tells the context path as the caller spelt it")
  @ValueSource(strings = {"/shop", "/%73hop", "/shop;x=1", "//shop"})
  void spellingOfTheContextPath_isNotSent(String spelling) throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.made(
            builder ->
                builder
                    .at("/shop")
                    .behind(new ContextPathAsSpelt(spelling))
                    .with("as.send-audience", "true")
                    .with("request.base-urls", US))) {
      rig.active("tok", "");
      rig.assertPasses(rig.get("/shop/r", "tok"));
      assertEquals(Optional.of(US + "/shop/r"), rig.server().onlyRequest().parameter("aud"));
      assertEquals("/shop", rig.audited(AuditField.PATH_PREFIX));
    }
  }

  @ParameterizedTest
  @DisplayName("AUZ-05: Host chooses among base URLs, and makes none")
  @CsvSource({
    "one.example,  https://one.example/r",
    "two.example,  https://two.example/v2/r",
    "evil.example, https://one.example/r"
  })
  void host_choosesAmongBaseUrls(String host, String sent) throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.with(
            "as.send-audience",
            "true",
            "request.base-urls",
            "https://one.example, https://two.example/v2")) {
      rig.get("/r", "tok", "Host: " + host + ":443");
      assertEquals(Optional.of(sent), rig.server().onlyRequest().parameter("aud"));
    }
  }

  private static List<String> auditedAudiences(IntrospectionRig rig) {
    return rig.journal().await(1, event -> event.type() == AuditEvent.Type.AS_REQUEST).stream()
        .map(event -> Journal.text(event, AuditField.AUDIENCE))
        .toList();
  }

  /** As Tomcat does. */
  private static final class ContextPathAsSpelt extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final String spelling;

    ContextPathAsSpelt(String spelling) {
      this.spelling = spelling;
    }

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(
          new HttpServletRequestWrapper(request) {
            @Override
            public String getContextPath() {
              return spelling;
            }
          },
          response);
    }
  }
}
