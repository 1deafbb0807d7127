/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditField;
import dev.portcullis.json.Legibility;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Text of audit values for formats made of plain text: what could end a line, move the cursor of a
 * terminal or turn the direction of the text is written as <code>&#92;uXXXX</code>, a backslash and
 * the separators of the format with a backslash in front.
 */
final class EntryText {

  private static final DateTimeFormatter UTC_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private EntryText() {}

  /** ISO 8601, UTC, always with three digits for the milliseconds. */
  static String time(Instant time) {
    return UTC_MILLIS.format(time);
  }

  /** A value as plain text, not yet escaped; the items of a list are separated by a space. */
  static String plain(Object value) {
    if (value instanceof Instant time) {
      return time(time);
    }
    return value instanceof Collection<?> items
        ? String.join(" ", items.stream().map(Object::toString).toList())
        : value.toString();
  }

  /**
   * Gives a field to the consumer by name and plain value; one that holds a map as one value per
   * member, named {@code <field>.<member>}.
   */
  static void flatten(AuditField field, Object value, BiConsumer<String, String> consumer) {
    if (value instanceof Map<?, ?> members) {
      members.forEach((name, text) -> consumer.accept(field.key() + "." + word(name), plain(text)));
    } else {
      consumer.accept(field.key(), plain(value));
    }
  }

  /** A text that stays on one line and in which no separator stands without a backslash. */
  static String escape(String text, String separators) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    text.codePoints().forEach(codePoint -> append(out, codePoint, separators));
    return out.toString();
  }

  private static void append(StringBuilder out, int codePoint, String separators) {
    if (codePoint == '\\' || separators.indexOf(codePoint) >= 0) {
      out.append('\\').appendCodePoint(codePoint);
    } else if (codePoint == '\n') {
      out.append("\\n");
    } else if (codePoint == '\r') {
      out.append("\\r");
    } else if (Legibility.isLegible(codePoint)) {
      out.appendCodePoint(codePoint);
    } else {
      for (char unit : Character.toChars(codePoint)) {
        out.append("\\u").append(Integer.toHexString(0x10000 | unit), 1, 5);
      }
    }
  }

  /** A name reduced to letters, digits, dot, hyphen and underscore. */
  private static String word(Object name) {
    return name.toString().replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
