/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes JSON text, on one line and without white space between values. */
public final class JsonWriter {

  private JsonWriter() {}

  /**
   * A string in quotes. Quotes, backslashes and all that is not {@linkplain Legibility legible} are
   * escaped, so that the result stays on one line and reads as it is wherever it is printed.
   */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    appendString(out, text);
    return out.toString();
  }

  /**
   * An object with those members, in the order of the map. Values may be a {@link String}, a finite
   * {@link Number}, a {@link Boolean}, an {@link Instant} (written as a string), a {@link
   * JsonValue}, or a {@link List} or a {@link Map} of such values.
   *
   * @throws IllegalArgumentException if there is a value of another type
   */
  public static String object(Map<String, ?> members) {
    StringBuilder out = new StringBuilder(512);
    appendObject(out, members);
    return out.toString();
  }

  private static void appendValue(StringBuilder out, Object value) {
    if (value instanceof String || value instanceof Instant) {
      appendString(out, value.toString());
    } else if (value instanceof Boolean || value instanceof JsonValue || isFiniteNumber(value)) {
      out.append(value);
    } else if (value instanceof List<?> values) {
      appendArray(out, values);
    } else if (value instanceof Map<?, ?> members) {
      appendObject(out, members);
    } else {
      throw new IllegalArgumentException("not a JSON value: " + value.getClass().getName());
    }
  }

  private static boolean isFiniteNumber(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }

  private static void appendArray(StringBuilder out, List<?> values) {
    out.append('[');
    String separator = "";
    for (Object value : values) {
      out.append(separator);
      appendValue(out, value);
      separator = ",";
    }
    out.append(']');
  }

  private static void appendObject(StringBuilder out, Map<?, ?> members) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> member : members.entrySet()) {
      out.append(separator);
      appendString(out, member.getKey().toString());
      out.append(':');
      appendValue(out, member.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private static void appendString(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      appendCharacter(out, codePoint);
      i += Character.charCount(codePoint);
    }
    out.append('"');
  }

  private static void appendCharacter(StringBuilder out, int codePoint) {
    switch (codePoint) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (Legibility.isLegible(codePoint)) {
          out.appendCodePoint(codePoint);
        } else {
          appendEscape(out, codePoint);
        }
      }
    }
  }

  private static void appendEscape(StringBuilder out, int codePoint) {
    for (char unit : Character.toChars(codePoint)) {
      out.append("\\u").append(hex(unit >> 12)).append(hex(unit >> 8));
      out.append(hex(unit >> 4)).append(hex(unit));
    }
  }

  private static char hex(int bits) {
    return Character.forDigit(bits & 0xf, 16);
  }
}
