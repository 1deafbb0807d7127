/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("INT-14: nesting, number of members and length of numbers are bounded")
class JsonReaderBoundsTest {

  private static final long CPU_NANOS = 100_000_000;

  private static JsonObject read(String text) throws MalformedJsonException {
    return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String text) {
    String message = assertThrows(MalformedJsonException.class, () -> read(text)).getMessage();
    return message.replaceFirst(" at offset \\d+", "");
  }

  private static String arrays(int depth) {
    return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
  }

  private static String objects(int depth) {
    return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
  }

  private static String members(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"" + i + "\":0")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String elements(int count) {
    return "{\"a\":[0" + ",0".repeat(count - 2) + "]}";
  }

  @Test
  void sixteenLevels_areRead() throws MalformedJsonException {
    assertEquals(arrays(16), read(arrays(16)).toString());
    assertEquals(objects(16), read(objects(16)).toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 18, 200, 10_000, 100_000})
  void moreLevels_areRefused(int depth) {
    assertEquals("nested more than 16 levels deep", refusal(arrays(depth)));
    assertEquals("nested more than 16 levels deep", refusal(objects(depth)));
  }

  @Test
  void manyListsSideBySide_areNotDeep() throws MalformedJsonException {
    String text = "{\"a\":[[]" + ",[]".repeat(500) + "]}";

    assertEquals(text, read(text).toString());
  }

  @Test
  void twoThousandMembersOrElements_areRead() throws MalformedJsonException {
    assertEquals(2000, read(members(2000)).members().size());
    assertEquals(elements(2000), read(elements(2000)).toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {2001, 2002, 100_000})
  void moreMembersOrElements_areRefused(int count) {
    assertEquals("too many members and elements", refusal(members(count)));
    assertEquals("too many members and elements", refusal(elements(count)));
  }

  @Test
  void membersAndElementsOfAllLevels_countTogether() throws MalformedJsonException {
    String most = "{\"a\":[0" + ",0".repeat(997) + "],\"b\":{\"c\":[0" + ",0".repeat(997) + "]}";

    assertEquals(3, read(most + ",\"d\":0}").members().size());
    assertEquals("too many members and elements", refusal(most + ",\"d\":0,\"e\":0}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1%s", "-%s", "0.%s", "1e%s", "1e+%s", "1.5E-%s"})
  void numberOfThirtyTwoCharacters_isRead_longerOneIsRefused(String form) throws Exception {
    int room = 32 - (form.length() - 2);
    String longest = String.format(form, "1".repeat(room));

    assertEquals(new JsonNumber(longest), read("{\"a\":" + longest + "}").get("a").orElseThrow());
    assertEquals("number too long", refusal("{\"a\":" + longest + "1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "digits",
        "fraction",
        "exponent",
        "arrays",
        "objects",
        "members",
        "names",
        "escapes"
      })
  void hostileText_takesLessThanATenthOfASecond(String kind) {
    String text = hostile(kind);
    refusal(text);

    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    refusal(text);
    long taken = threads.getCurrentThreadCpuTime() - start;

    assertTrue(taken < CPU_NANOS, () -> kind + " took ns " + taken);
  }

  private static String hostile(String kind) {
    return switch (kind) {
      case "digits" -> "{\"a\":1" + "0".repeat(1_000_000) + "}";
      case "fraction" -> "{\"a\":0." + "1".repeat(1_000_000) + "}";
      case "exponent" -> "{\"a\":1e" + "9".repeat(1_000_000) + "}";
      case "arrays" -> arrays(100_000);
      case "objects" -> objects(100_000);
      case "members" -> members(100_000);
      case "names" -> collidingNames(2001);
      default -> "{\"a\":\"" + "\\u0041".repeat(100_000) + "\",}";
    };
  }

  @ParameterizedTest
  @DisplayName("FLD-08, INT-14: of the authorization server any number of members, in linear time")
  @ValueSource(strings = {"members", "elements", "names", "digits", "fraction", "escapes"})
  void longAnswer_isReadInLessThanATenthOfASecond(String kind) throws MalformedJsonException {
    byte[] text = answer(kind).getBytes(StandardCharsets.UTF_8);
    JsonReader.readAnswer(text);

    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    JsonObject read = JsonReader.readAnswer(text);
    long taken = threads.getCurrentThreadCpuTime() - start;

    assertEquals(answer(kind).length(), read.toString().length());
    assertTrue(taken < CPU_NANOS, () -> kind + " took ns " + taken);
  }

  private static String answer(String kind) {
    return switch (kind) {
      case "members" -> members(50_000);
      case "elements" -> elements(100_000);
      case "names" -> collidingNames(8192);
      case "digits" -> "{\"a\":1" + "0".repeat(500_000) + "}";
      case "fraction" -> "{\"a\":0." + "1".repeat(500_000) + "e5}";
      default -> "{\"a\":\"" + "\\\"".repeat(100_000) + "\"}";
    };
  }

  @Test
  @DisplayName("FLD-08: an answer is bounded in nesting, and that is told")
  void answerOfSeventeenLevels_isRefused() throws MalformedJsonException {
    assertEquals(
        arrays(16), JsonReader.readAnswer(arrays(16).getBytes(StandardCharsets.UTF_8)).toString());
    for (String text : new String[] {arrays(17), objects(17), arrays(100_000)}) {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      String message =
          assertThrows(MalformedJsonException.class, () -> JsonReader.readAnswer(octets))
              .getMessage();
      assertTrue(message.startsWith("nested more than 16 levels deep"), message);
    }
  }

  /** Names with the same hash. */
  private static String collidingNames(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Integer.toBinaryString(8192 + i).replace("0", "Aa").replace("1", "BB"))
        .map(name -> "\"" + name + "\":0")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
