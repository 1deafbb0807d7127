/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.json.JsonReader;
import dev.portcullis.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("LOG-03: values from outside are escaped and cut")
class HostileValuesTest {

  private static final List<String> HOSTILE =
      List.of(
          "a\r\nFAKE",
          "a\u2028FAKE",
          "a\u2029FAKE",
          "a\u0085FAKE",
          "\u001b[2J\u001b[31mred",
          "\u009b31mred",
          "\u0000\u0007\b\t\f\u007f",
          "\u202eevil",
          "\ud800 alone",
          "quote \" backslash \\ bar | equals = \\\" \\| \\=",
          "${jndi:ldap://x}");

  /** Format characters, separators, fillers, and what is no character (yet). */
  static Stream<Arguments> illegibleInEachFormat() {
    int[] codePoints = {
      0x00ad, 0x034f, 0x061c, 0x115f, 0x180e, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a,
      0x202e, 0x2060, 0x2066, 0x2069, 0x206f, 0x3164, 0xd800, 0xdfff, 0xfdd0, 0xfe0f, 0xfeff,
      0xfff9, 0xffff, 0x110bd, 0x1d173, 0xe0001, 0xe0020, 0xe0100, 0x10ffff
    };
    return Stream.of(AuditFormat.values())
        .flatMap(
            format -> Arrays.stream(codePoints).mapToObj(point -> Arguments.of(format, point)));
  }

  @ParameterizedTest
  @MethodSource("illegibleInEachFormat")
  @DisplayName("FLD-76: what is not seen is escaped in every format")
  void illegibleCharacter_isEscaped(AuditFormat format, int codePoint) {
    String text = new String(Character.toChars(codePoint));
    String line = format.line(Entries.ofSubject("a" + text + "b"));

    assertFalse(line.contains(text), line);
    text.chars().forEach(unit -> assertTrue(line.contains("\\u%04x".formatted(unit)), line));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FLD-76: what is seen is left as it is")
  void legibleText_isLeftAlone(AuditFormat format) {
    String text = "é漢字🙂ب";
    assertTrue(format.line(Entries.ofSubject(text)).contains(text));
  }

  static Stream<Arguments> hostileInEachFormat() {
    return Stream.of(AuditFormat.values())
        .flatMap(format -> HOSTILE.stream().map(text -> Arguments.of(format, text)));
  }

  @ParameterizedTest
  @MethodSource("hostileInEachFormat")
  void hostileText_staysOnOneLine(AuditFormat format, String text) {
    String line = format.line(Entries.ofSubject(text));

    assertTrue(line.chars().noneMatch(HostileValuesTest::breaksLines), line);
  }

  @ParameterizedTest
  @MethodSource("hostileInEachFormat")
  void hostileTextInList_staysOnOneLine(AuditFormat format, String text) {
    AuditEvent event =
        AuditEvent.of(AuditEvent.Type.REQUEST, Entries.NOON)
            .with(AuditField.SCOPES, List.of(text))
            .build();

    assertTrue(format.line(event).chars().noneMatch(HostileValuesTest::breaksLines));
  }

  @ParameterizedTest
  @MethodSource("hostileInEachFormat")
  void hostileTextInMap_staysOnOneLine(AuditFormat format, String text) {
    AuditEvent event =
        AuditEvent.of(AuditEvent.Type.SYSTEM, Entries.NOON)
            .with(AuditField.SETTINGS, Map.of(text, text))
            .build();

    assertTrue(format.line(event).chars().noneMatch(HostileValuesTest::breaksLines));
  }

  @Test
  void hostileText_isReadBackFromJsonAsItWas() throws Exception {
    for (String text : HOSTILE) {
      String line = AuditFormat.JSON.line(Entries.ofSubject(text));
      byte[] bytes = line.replace("\\ud800", "?").getBytes(StandardCharsets.UTF_8);
      assertEquals(
          Optional.of(new JsonString(text.replace('\ud800', '?'))),
          JsonReader.readObject(bytes).get("subject"));
    }
  }

  @Test
  void quote_doesNotEndKeyValue() {
    String line = AuditFormat.KEY_VALUE.line(Entries.ofSubject("\" event=\"x\\"));

    assertTrue(line.endsWith(" subject=\"\\\" event=\\\"x\\\\\""), line);
  }

  @Test
  void bar_doesNotEndColumn() {
    String line = AuditFormat.PIPE.line(Entries.ofSubject("a| b\\"));

    assertTrue(line.contains("| a\\| b\\\\| "), line);
    assertEquals(18, line.replaceAll("\\\\.", "").split("\\| ", -1).length);
  }

  @Test
  void equalsSign_doesNotStartPairInCef() {
    String line = AuditFormat.CEF.line(Entries.ofSubject("a outcome=allowed"));

    assertTrue(line.endsWith(" suser=a outcome\\=allowed"), line);
  }

  @Test
  void barInReason_doesNotEndHeaderOfCef() {
    AuditEvent event =
        AuditEvent.of(AuditEvent.Type.SYSTEM, Entries.NOON).with(AuditField.KIND, "a|b").build();

    assertTrue(AuditFormat.CEF.line(event).contains("|a\\|b|Event of the filter|"));
  }

  @Test
  void memberName_cannotBeMistakenForOtherPair() {
    AuditEvent event =
        AuditEvent.of(AuditEvent.Type.REQUEST, Entries.NOON)
            .with(AuditField.ATTRIBUTES, Map.of("a=\"x\" outcome", "b"))
            .build();

    String line = AuditFormat.KEY_VALUE.line(event);

    assertTrue(line.endsWith(" attributes.a__x__outcome=\"b\""), line);
  }

  @ParameterizedTest
  @EnumSource(AuditFormat.class)
  void lookup_isLiteralText(AuditFormat format) {
    String line = format.line(Entries.ofSubject("${jndi:ldap://x}"));

    assertTrue(line.contains("${jndi:ldap://x}"), line);
  }

  @ParameterizedTest
  @EnumSource(AuditFormat.class)
  void textOfOneMebibyte_isCut(AuditFormat format) {
    String line = format.line(Entries.ofSubject("x".repeat(1 << 20)));

    assertFalse(line.contains("x".repeat(2049)));
    assertTrue(line.contains("x".repeat(2048) + "…"));
  }

  @Test
  void longTextsInListAndMap_areCut() {
    String text = "x".repeat(1 << 20);
    AuditEvent event =
        AuditEvent.of(AuditEvent.Type.REQUEST, Entries.NOON)
            .with(AuditField.SCOPES, List.of("a", text))
            .with(AuditField.ATTRIBUTES, Map.of("username", text))
            .build();

    String cut = "x".repeat(2048) + "…";
    assertEquals(List.of("a", cut), event.get(AuditField.SCOPES).orElseThrow());
    assertEquals(Map.of("username", cut), event.get(AuditField.ATTRIBUTES).orElseThrow());
  }

  @Test
  void longList_isCut() {
    AuditEvent atBound = scopes(256);
    AuditEvent pastBound = scopes(257);

    assertEquals(Collections.nCopies(256, "s"), atBound.get(AuditField.SCOPES).orElseThrow());
    List<?> kept = (List<?>) pastBound.get(AuditField.SCOPES).orElseThrow();
    assertEquals(257, kept.size());
    assertEquals("…", kept.get(256));
  }

  private static AuditEvent scopes(int count) {
    return AuditEvent.of(AuditEvent.Type.REQUEST, Entries.NOON)
        .with(AuditField.SCOPES, Collections.nCopies(count, "s"))
        .build();
  }

  private static boolean breaksLines(int unit) {
    return Character.isISOControl(unit) || unit == 0x2028 || unit == 0x2029;
  }
}
