/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes up JSON: values, and objects in unusual spellings. */
public final class MadeUpJson {

  private static final List<String> SPACES = List.of("", " ", "\n", "\t\r", "  ");

  private MadeUpJson() {}

  /** A value of any type; few are of the type that someone may expect. */
  public static String value(Choices choices) {
    return switch (choices.below(9)) {
      case 0 -> string(choices.text(24));
      case 1 -> choices.of("null", "true", "false", "{}", "[]", "\"\"", "0");
      case 2 -> number(choices, 0);
      case 3 -> "[" + value(choices) + "]";
      case 4 -> "{" + string(choices.text(4)) + ":" + value(choices) + "}";
      case 5 -> nested(1 + choices.below(20));
      case 6 -> "[" + "0,".repeat(choices.of(List.of(0, 5, 1960, 1980, 1990, 2000))) + "0]";
      case 7 ->
          "\"\\ud83d\\ude00\u00e9\\" + choices.of("u0061", "n", "\"", "/", "ud800", "x") + "\"";
      default -> choices.text(24); // most often no JSON at all
    };
  }

  /** A number at or near another, in one of the ways to write numbers. */
  public static String number(Choices choices, long near) {
    long number = near + choices.of(List.of(0L, 1L, -1L, 10L, 11L, -120L, -121L, 60L, -3600L));
    return switch (choices.below(12)) {
      case 0 -> Long.toString(number);
      case 1 -> number + ".0";
      case 2 -> number + ".5";
      case 3 -> number + "e0";
      case 4 -> number + "0E-1";
      case 5 -> number / 1000 + "." + "%03d".formatted(Math.floorMod(number, 1000)) + "e+3";
      case 6 -> number + "." + "0".repeat(choices.below(20)) + "1";
      case 7 ->
          choices.of("-0", "0", "1e400", "-1e400", "1e-400", "1e99999999999999999999", "0e999");
      case 8 ->
          choices.of("1e30", "-1", "1.7976931348623158e308", "1.7976931348623159e308", "1e19");
      case 9 -> choices.of("9223372036854775807", "9223372036854775808", "-9223372036854775809");
      case 10 -> choices.of("01", "+1", "1.", ".5", "1e", "NaN", "Infinity", "0x10", "1_0", "--1");
      default -> choices.text(34);
    };
  }

  /** A text as a string that reads the same. */
  public static String string(String text) {
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPlain = c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c);
      json.append(isPlain ? Character.toString(c) : "\\u%04x".formatted((int) c));
    }
    return DpopClient.quote(json.toString());
  }

  /** The same JSON with some characters of its strings written as escapes. */
  public static String escaped(String json, Choices choices) {
    int at = choices.below(json.length() + 1);
    if (at == json.length() || !Character.isLetterOrDigit(json.charAt(at))) {
      return json;
    }
    String escape = choices.of("\\u%04x", "\\u%04X").formatted((int) json.charAt(at));
    return json.substring(0, at) + escape + json.substring(at + 1);
  }

  /** An object with those members, in another order and with white space, if it is so chosen. */
  public static String object(Map<String, String> members, List<String> more, Choices choices) {
    List<String> texts = new ArrayList<>();
    String space = choices.of(SPACES);
    members.forEach(
        (name, json) -> texts.add(space + DpopClient.quote(name) + space + ":" + space + json));
    texts.addAll(more);
    for (int i = choices.below(3); i > 0 && !texts.isEmpty(); i--) {
      texts.add(texts.remove(choices.below(texts.size())));
    }
    return "{" + String.join(space + ",", texts) + space + "}" + space;
  }

  private static String nested(int levels) {
    String open = levels % 2 == 0 ? "{\"a\":" : "[";
    String close = levels % 2 == 0 ? "}" : "]";
    return open.repeat(levels) + "1" + close.repeat(levels);
  }
}
