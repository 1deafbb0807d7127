/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The grammar of RFC 8259 section 2. It descends at most {@link #DEEPEST} levels, so that no text
 * can exhaust the stack, here or later in {@code toString()}. For one text and one thread.
 */
final class JsonParser {

  private static final int DEEPEST = 16;

  private final Cursor cursor;
  private final Sender sender;
  private int items;

  JsonParser(Cursor cursor, Sender sender) {
    this.cursor = cursor;
    this.sender = sender;
  }

  /** One object, white space around it, nothing else. */
  JsonObject document() throws MalformedJsonException {
    cursor.skipWhiteSpace();
    if (cursor.peek() != '{') {
      throw cursor.malformed("expected an object");
    }
    JsonValue document = object(1);
    cursor.skipWhiteSpace();
    if (cursor.peek() != Cursor.END) {
      throw cursor.malformed("expected the end");
    }
    return document instanceof JsonObject object ? object : JsonObject.of(Map.of());
  }

  private JsonValue value(int depth) throws MalformedJsonException {
    return switch (cursor.peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> StringGrammar.read(cursor, sender);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          NumberGrammar.read(cursor, sender);
      default -> literal();
    };
  }

  private JsonValue object(int depth) throws MalformedJsonException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    if (!isEmpty('}', depth)) {
      do {
        cursor.skipWhiteSpace();
        member(members, depth);
      } while (continues('}'));
    }
    return sender.isTrusted() ? withoutNulls(members) : JsonObject.owning(members);
  }

  /** Not before all names are known; an object that had nothing else says as little as they do. */
  private static JsonValue withoutNulls(Map<String, JsonValue> members) {
    boolean hadNone = members.isEmpty();
    members.values().removeIf(JsonLiteral.NULL::equals);
    return members.isEmpty() && !hadNone ? JsonLiteral.NULL : JsonObject.owning(members);
  }

  private void member(Map<String, JsonValue> members, int depth) throws MalformedJsonException {
    count();
    if (cursor.peek() != '"') {
      throw cursor.malformed("expected a name");
    }
    String name = StringGrammar.read(cursor, sender).value();
    if (members.containsKey(name)) {
      throw cursor.malformed("the name is there twice");
    }
    cursor.skipWhiteSpace();
    if (!cursor.skip(':')) {
      throw cursor.malformed("expected a colon");
    }
    cursor.skipWhiteSpace();
    members.put(name, value(depth + 1));
  }

  private JsonArray array(int depth) throws MalformedJsonException {
    List<JsonValue> values = new ArrayList<>();
    if (!isEmpty(']', depth)) {
      do {
        cursor.skipWhiteSpace();
        count();
        values.add(value(depth + 1));
      } while (continues(']'));
    }
    return new JsonArray(values);
  }

  /** Steps over the opening bracket, and over the closing one if it follows at once. */
  private boolean isEmpty(char close, int depth) throws MalformedJsonException {
    if (depth > DEEPEST) {
      throw cursor.malformed("nested more than " + DEEPEST + " levels deep");
    }
    cursor.next();
    cursor.skipWhiteSpace();
    return cursor.skip(close);
  }

  /** Steps over a comma, which another item must follow, or over the closing bracket. */
  private boolean continues(char close) throws MalformedJsonException {
    cursor.skipWhiteSpace();
    if (cursor.skip(',')) {
      return true;
    }
    if (!cursor.skip(close)) {
      throw cursor.malformed("expected a comma or the closing bracket");
    }
    return false;
  }

  private void count() throws MalformedJsonException {
    if (++items > sender.mostItems()) {
      throw cursor.malformed("too many members and elements");
    }
  }

  private JsonLiteral literal() throws MalformedJsonException {
    for (JsonLiteral literal : JsonLiteral.values()) {
      if (cursor.skip(literal.toString())) {
        return literal;
      }
    }
    throw cursor.malformed("expected a value");
  }
}
