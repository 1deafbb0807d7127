/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.json.JsonArray;
import dev.portcullis.json.JsonNumber;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import java.util.Map;

/**
 * How large an answer is. Immutable.
 *
 * @param octets of its JSON text in UTF-8, without white space and escapes
 * @param parts values, names and words in it, each an object of its own when it is read
 */
record AnswerSize(long octets, long parts) {

  /** What the heap holds for a part, beside its text. */
  private static final int PART = 64;

  /** What the heap holds for an answer, whatever it says. */
  private static final int ANSWER = 512;

  static AnswerSize of(JsonObject answer) {
    return size(answer);
  }

  /** About how many octets of the heap it takes. */
  long weight() {
    return octets + PART * parts + ANSWER;
  }

  private static AnswerSize size(JsonValue value) {
    if (value instanceof JsonObject object) {
      return size(object.members());
    }
    if (value instanceof JsonArray array) {
      AnswerSize all = new AnswerSize(1, 1);
      for (JsonValue item : array.values()) {
        all = all.plus(size(item)).plus(1);
      }
      return array.values().isEmpty() ? all.plus(1) : all;
    }
    if (value instanceof JsonString string) {
      return text(string.value());
    }
    return new AnswerSize(value instanceof JsonNumber number ? number.literal().length() : 4, 1);
  }

  private static AnswerSize size(Map<String, JsonValue> members) {
    AnswerSize all = new AnswerSize(1, 1);
    for (Map.Entry<String, JsonValue> member : members.entrySet()) {
      all = all.plus(text(member.getKey())).plus(size(member.getValue())).plus(2);
    }
    return members.isEmpty() ? all.plus(1) : all;
  }

  /** A text in its quotes. Blanks make several words of it: a scope is taken apart. */
  private static AnswerSize text(String text) {
    long octets = 2;
    long parts = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      parts += c == ' ' ? 1 : 0;
    }
    return new AnswerSize(octets, parts);
  }

  private AnswerSize plus(AnswerSize other) {
    return new AnswerSize(octets + other.octets, parts + other.parts);
  }

  private AnswerSize plus(long more) {
    return new AnswerSize(octets + more, parts);
  }
}
