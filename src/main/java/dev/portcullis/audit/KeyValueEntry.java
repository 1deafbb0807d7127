/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import java.util.StringJoiner;

/**
 * An entry as {@code key="value"} pairs separated by a space; what has no value is left out. Quotes
 * and backslashes in a value have a backslash in front. Scopes are separated by a space, members of
 * a map are pairs of their own: {@code attributes.username="alice"}.
 */
final class KeyValueEntry {

  private KeyValueEntry() {}

  static String line(AuditEvent event) {
    StringJoiner line = new StringJoiner(" ");
    event
        .fields()
        .forEach(
            (field, value) ->
                EntryText.flatten(field, value, (key, text) -> line.add(pair(key, text))));
    return line.toString();
  }

  private static String pair(String key, String text) {
    return key + "=\"" + EntryText.escape(text, "\"") + '"';
  }
}
