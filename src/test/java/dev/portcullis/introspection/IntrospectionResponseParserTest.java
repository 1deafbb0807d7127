/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.oauth.AttributePath;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.Tokens;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bodies are an answer. */
class IntrospectionResponseParserTest {

  private static final String JSON = "application/json";
  private static final byte[] ACTIVE = "{\"active\":true}".getBytes(UTF_8);

  @ParameterizedTest
  @DisplayName("INT-08: JSON under its own media type, with or without parameters")
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "Application/JSON",
        " application/json ; x=y"
      })
  void json_isRead(String contentType) throws UnreadableAnswerException {
    TokenInfo info =
        new IntrospectionResponseParser(List.of(new AttributePath("realm.groups")))
            .parse(Optional.of(contentType), ACTIVE, Tokens.NOW);
    assertTrue(info.isActive());
    assertEquals(Tokens.NOW, info.retrievedAt());
  }

  @ParameterizedTest
  @DisplayName("INT-08: anything else is no answer, even if its body is")
  @ValueSource(
      strings = {
        "",
        "text/html",
        "text/html; charset=utf-8",
        "text/plain",
        "text/json",
        "application/json+x",
        "application/x+json",
        "application/jsonp",
        "application/jwt",
        "application/token-introspection+jwt",
        "application",
        "application/json, text/html",
        ";application/json"
      })
  void otherMediaType_isRefused(String contentType) {
    assertRefused(Optional.of(contentType), ACTIVE);
  }

  @Test
  @DisplayName("INT-08: no media type")
  void noMediaType_isRefused() {
    assertRefused(Optional.empty(), ACTIVE);
  }

  static Stream<byte[]> malformed() {
    return Stream.concat(
        Stream.of(
                "{\"active\":true,\"active\":true}",
                "{\"active\":true,\"\\u0061ctive\":false}",
                "{\"active\":true,}",
                "{\"active\":true,,\"a\":1}",
                "{\"active\":true/**/}",
                "{\"active\":true}//",
                "{\"active\":true,\"exp\":NaN}",
                "{'active':true}",
                "{\"active\":true,\"exp\":01}",
                "{\"active\":true}x",
                "{\"active\":true}{\"active\":true}",
                "\ufeff\ufeff{\"active\":true}",
                " \ufeff{\"active\":true}",
                "{\"active\":true}\ufeff",
                "{\"active\":true,\"active\":null}",
                "{\"active\":null}",
                "{\"active\":null,\"active\":true}",
                "[{\"active\":true}]",
                "\"active\"",
                "true",
                "",
                " ")
            .map(text -> text.getBytes(UTF_8)),
        Stream.of(
            "{\"active\":true}".getBytes(UTF_16),
            new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'}));
  }

  @ParameterizedTest
  @DisplayName("INT-13: JSON is read strictly")
  @MethodSource("malformed")
  void malformedJson_isRefused(byte[] body) {
    assertRefused(Optional.of(JSON), body);
  }

  static Stream<String> excessive() {
    return Stream.of(
        "{\"active\":true,\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
        "{\"active\":true,\"x\":" + "[".repeat(100_000),
        "{\"x\":".repeat(100_000),
        "{\"active\":true,\"exp\":" + "9".repeat(1_000_000) + "}");
  }

  @ParameterizedTest(name = "{index}")
  @DisplayName("INT-14: excess is refused before it costs anything")
  @MethodSource("excessive")
  void excess_isRefusedAtOnce(String body) {
    byte[] octets = body.getBytes(UTF_8);
    assertRefused(Optional.of(JSON), octets); // classes are loaded now
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    assertRefused(Optional.of(JSON), octets);
    long millis = (threads.getCurrentThreadCpuTime() - before) / 1_000_000;
    assertTrue(millis < 100, "it took " + millis + " ms");
  }

  @ParameterizedTest
  @DisplayName("INT-25: what is wrong is told without what was said")
  @ValueSource(
      strings = {
        "{\"active\":true,\"sub\":[\"alice\"]}",
        "{\"active\":true,\"sub\":\"alice\\ud800\"}",
        "{\"active\":true,\"alice\":1,\"alice\":2}",
        "{\"active\":true,\"x\":\"alice\"",
        "{\"active\":true,\"x\":alice}"
      })
  void problem_tellsNothingOfTheAnswer(String body) {
    String problem = assertRefused(Optional.of(JSON), body.getBytes(UTF_8));
    assertFalse(problem.contains("alice"), problem);
  }

  private static String assertRefused(Optional<String> contentType, byte[] body) {
    UnreadableAnswerException refusal =
        assertThrows(
            UnreadableAnswerException.class,
            () ->
                new IntrospectionResponseParser(List.of(new AttributePath("realm.groups")))
                    .parse(contentType, body, Tokens.NOW));
    return String.valueOf(refusal.getMessage());
  }
}
