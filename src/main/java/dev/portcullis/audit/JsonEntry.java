/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.json.JsonWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An entry as one JSON object: numbers are numbers, booleans are booleans, {@code scopes} is an
 * array, times are strings, and what has no value is left out.
 */
final class JsonEntry {

  private JsonEntry() {}

  static String line(AuditEvent event) {
    Map<String, Object> members = new LinkedHashMap<>();
    event.fields().forEach((field, value) -> members.put(field.key(), member(value)));
    return JsonWriter.object(members);
  }

  private static Object member(Object value) {
    return value instanceof Instant time ? EntryText.time(time) : value;
  }
}
