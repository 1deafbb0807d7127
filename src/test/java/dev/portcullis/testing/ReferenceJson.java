/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON as RFC 8259 and our bounds have it, read in another way than the product does: cut into
 * tokens by a pattern first, and put together from those. Slow, and made to be checked by eye. What
 * it gives is a map; in it are maps, lists, texts, {@link NumberText}s, booleans and {@link #NULL}.
 * For one thread.
 */
public final class ReferenceJson {

  /** Stands for {@code null}. */
  public static final Object NULL = new Object();

  private static final int DEEPEST = 16;
  private static final int MOST_ITEMS = 2000;
  private static final int LONGEST_NUMBER = 32;

  private static final Pattern SPACE = Pattern.compile("[ \\t\\n\\r]*+");
  private static final Pattern TOKEN =
      Pattern.compile(
          "[{}\\[\\]:,]|true|false|null"
              + "|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  /** A number as it is written. */
  public record NumberText(String literal) {}

  private static final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** A string in which something had to be replaced. */
  public record Mended(String text) {}

  private final boolean isAnswer;
  private final List<Object> tokens;
  private int next;
  private int items;

  private ReferenceJson(boolean isAnswer, String text) throws NotJson {
    this.isAnswer = isAnswer;
    this.tokens = tokens(text);
  }

  /** What a client sent: the object, or nothing if the text is not one object and nothing else. */
  public static Optional<Map<String, Object>> object(byte[] utf8) {
    return read(utf8, false);
  }

  /**
   * What the authorization server sent, likewise. Its size is not bounded; a byte order mark before
   * it, what is {@code null} in it, and objects with nothing but that, are as if they were not
   * there.
   */
  public static Optional<Map<String, Object>> answer(byte[] utf8) {
    return read(utf8, true);
  }

  private static Optional<Map<String, Object>> read(byte[] utf8, boolean isAnswer) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
      return Optional.empty(); // something was replaced, so it was not UTF-8
    }
    try {
      ReferenceJson json =
          new ReferenceJson(isAnswer, isAnswer ? text.replaceFirst("^\ufeff", "") : text);
      check(json.isNext("{"));
      Object value = json.value(1);
      check(json.next == json.tokens.size());
      return Optional.of(value instanceof Map<?, ?> map ? named(map) : Map.of());
    } catch (NotJson e) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> named(Map<?, ?> map) {
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach((name, value) -> named.put((String) name, value));
    return named;
  }

  /** Structure and literals as texts, numbers as numbers, strings in builders. */
  private List<Object> tokens(String text) throws NotJson {
    List<Object> tokens = new ArrayList<>();
    Matcher space = SPACE.matcher(text);
    Matcher token = TOKEN.matcher(text);
    int at = end(space, 0);
    while (at < text.length()) {
      if (text.charAt(at) == '"') {
        int close = closingQuote(text, at);
        tokens.add(unescape(text.substring(at + 1, close)));
        at = close + 1;
      } else if (token.region(at, text.length()).lookingAt()) {
        char first = text.charAt(at);
        boolean isNumber = first == '-' || Character.isDigit(first);
        tokens.add(isNumber ? number(token.group()) : token.group());
        at = token.end();
      } else {
        throw new NotJson();
      }
      at = end(space, at);
    }
    return tokens;
  }

  private static int end(Matcher space, int at) {
    space.region(at, space.regionEnd());
    return space.lookingAt() ? space.end() : at;
  }

  private NumberText number(String literal) throws NotJson {
    check(isAnswer || literal.length() <= LONGEST_NUMBER);
    return new NumberText(literal);
  }

  private static int closingQuote(String text, int open) throws NotJson {
    int at = open + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    check(at < text.length());
    return at;
  }

  private StringBuilder unescape(String text) throws NotJson {
    StringBuilder value = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      check(c >= 0x20);
      if (c != '\\') {
        value.append(c);
        at += 1;
      } else if (text.startsWith("\\u", at)) {
        check(at + 6 <= text.length() && text.substring(at + 2, at + 6).matches("[0-9A-Fa-f]{4}"));
        value.append((char) Integer.parseInt(text.substring(at + 2, at + 6), 16));
        at += 6;
      } else {
        int which = "\"\\/bfnrt".indexOf(text.charAt(at + 1));
        check(which >= 0);
        value.append("\"\\/\b\f\n\r\t".charAt(which));
        at += 2;
      }
    }
    check(isAnswer || value.codePoints().noneMatch(ReferenceJson::isLone));
    return value;
  }

  private static boolean isLone(int point) {
    return point >= 0xd800 && point <= 0xdfff;
  }

  private static String mended(CharSequence text) {
    int[] points = text.codePoints().map(point -> isLone(point) ? 0xfffd : point).toArray();
    return new String(points, 0, points.length);
  }

  private Object value(int depth) throws NotJson {
    Object token = take();
    if (token instanceof StringBuilder text) {
      return text.codePoints().anyMatch(ReferenceJson::isLone)
          ? new Mended(mended(text))
          : text.toString();
    }
    if (token instanceof NumberText) {
      return token;
    }
    check(depth <= DEEPEST || !List.of("{", "[").contains(token));
    return switch ((String) token) {
      case "{" -> members(depth);
      case "[" -> elements(depth);
      case "true" -> true;
      case "false" -> false;
      case "null" -> NULL;
      default -> throw new NotJson();
    };
  }

  private Object members(int depth) throws NotJson {
    Map<String, Object> members = new LinkedHashMap<>();
    if (isNext("}")) {
      take();
      return members;
    }
    Object separator;
    do {
      check(++items <= MOST_ITEMS || isAnswer);
      Object name = take();
      check(name instanceof StringBuilder);
      String text = mended((StringBuilder) name);
      check(!members.containsKey(text));
      check(take().equals(":"));
      members.put(text, value(depth + 1));
      separator = take();
    } while (separator.equals(","));
    check(separator.equals("}"));
    if (isAnswer) {
      members.values().removeIf(value -> value == NULL);
      return members.isEmpty() ? NULL : members;
    }
    return members;
  }

  private List<Object> elements(int depth) throws NotJson {
    List<Object> elements = new ArrayList<>();
    if (isNext("]")) {
      take();
      return elements;
    }
    Object separator;
    do {
      check(++items <= MOST_ITEMS || isAnswer);
      elements.add(value(depth + 1));
      separator = take();
    } while (separator.equals(","));
    check(separator.equals("]"));
    return elements;
  }

  private boolean isNext(String token) {
    return next < tokens.size() && tokens.get(next).equals(token);
  }

  private Object take() throws NotJson {
    check(next < tokens.size());
    return tokens.get(next++);
  }

  private static void check(boolean holds) throws NotJson {
    if (!holds) {
      throw new NotJson();
    }
  }
}
