/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonWriterTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain, plain",
        "say \"hi\", say \\\"hi\\\"",
        "back\\slash, back\\\\slash",
        "</script>, </script>",
        "é 鍵 😀, é 鍵 😀",
        "${jndi:ldap://x}, ${jndi:ldap://x}",
      })
  void text_isQuoted(String text, String inside) {
    assertEquals("\"" + inside + "\"", JsonWriter.quote(text));
  }

  @ParameterizedTest
  @DisplayName("LOG-03: what could end or disguise a line is escaped")
  @CsvSource({
    "0000, \\u0000", "0008, \\u0008", "0009, \\t", "000a, \\n", "000b, \\u000b", "000c, \\u000c",
    "000d, \\r", "001b, \\u001b", "001f, \\u001f", "007f, \\u007f", "0080, \\u0080",
        "0085, \\u0085",
    "009b, \\u009b", "009f, \\u009f", "2028, \\u2028", "2029, \\u2029", "d83d, \\ud83d",
        "de00, \\ude00",
  })
  void unsafeCharacter_isEscaped(String hex, String escape) {
    char unit = (char) Integer.parseInt(hex, 16);

    assertEquals("\"a" + escape + "b\"", JsonWriter.quote("a" + unit + "b"));
    assertEquals("\"" + escape + "\"", JsonWriter.quote(String.valueOf(unit)));
  }

  @Test
  void safeNeighbours_areNotEscaped() {
    String text = " !~\u00a0\u2027\u2030\ud7fb\ue000\ufffd";

    assertEquals("\"" + text + "\"", JsonWriter.quote(text));
  }

  @Test
  void surrogatesInTheWrongOrder_areEscaped() {
    assertEquals("\"\\ude00\\ud83d\"", JsonWriter.quote("\ude00\ud83d"));
    assertEquals("\"\\ud83d\ud83d\ude00\"", JsonWriter.quote("\ud83d\ud83d\ude00"));
  }

  @Test
  void entry_isWrittenOnOneLineInItsOrder() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("time", Instant.parse("2026-11-24T05:00:00.123Z"));
    entry.put("responseCode", 200);
    entry.put("roundTripMS", 12L);
    entry.put("viaProxy", false);
    entry.put("scopes", List.of("read", "a\nb"));
    entry.put("settings", Map.of("as.targets", "x, y"));
    entry.put("price", new BigDecimal("1.50"));
    entry.put("raw", new JsonArray(List.of(JsonLiteral.NULL)));
    entry.put("none", List.of());

    assertEquals(
        "{\"time\":\"2026-11-24T05:00:00.123Z\",\"responseCode\":200,\"roundTripMS\":12,\"viaProxy\":false,\"scopes\":[\"read\",\"a\\n"
            + "b\"],\"settings\":{\"as.targets\":\"x, y\"},"
            + "\"price\":1.50,\"raw\":[null],\"none\":[]}",
        JsonWriter.object(entry));
  }

  @Test
  @DisplayName("LOG-03: an entry full of hostile text is one line of valid JSON")
  void hostileEntry_staysOneLine() throws MalformedJsonException {
    String hostile = "\r\nFAKE \u001b[31m \u2028\u2029\u0085 \"},{\" \\ ${jndi:ldap://x}\u0000";

    String line = JsonWriter.object(Map.of(hostile, List.of(hostile)));

    assertEquals(1, line.lines().count());
    assertTrue(line.chars().noneMatch(Character::isISOControl));
    JsonObject read = JsonReader.readObject(line.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        JsonObject.of(Map.of(hostile, new JsonArray(List.of(new JsonString(hostile))))), read);
  }

  @ParameterizedTest
  @MethodSource("foreignValues")
  void valueOfAnotherType_isRefused(Object value) {
    Map<String, Object> entry = Map.of("a", value);

    assertThrows(IllegalArgumentException.class, () -> JsonWriter.object(entry));
  }

  static Stream<Object> foreignValues() {
    return Stream.of(
        new Object(), 'c', Double.NaN, Double.POSITIVE_INFINITY, Float.NaN, new int[0]);
  }
}
