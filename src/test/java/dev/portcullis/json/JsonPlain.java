/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import dev.portcullis.testing.ReferenceJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was read, in the form in which {@link ReferenceJson} gives it. */
final class JsonPlain {

  private JsonPlain() {}

  static Map<String, Object> map(JsonObject object) {
    Map<String, Object> plain = new LinkedHashMap<>();
    object.members().forEach((name, value) -> plain.put(name, value(value)));
    return plain;
  }

  private static Object value(JsonValue value) {
    if (value instanceof JsonObject object) {
      return map(object);
    }
    if (value instanceof JsonArray array) {
      return array.values().stream().map(JsonPlain::value).toList();
    }
    if (value instanceof JsonNumber number) {
      return new ReferenceJson.NumberText(number.literal());
    }
    if (value instanceof JsonString text) {
      return text.isExact() ? text.value() : new ReferenceJson.Mended(text.value());
    }
    return value == JsonLiteral.NULL ? ReferenceJson.NULL : value == JsonLiteral.TRUE;
  }
}
