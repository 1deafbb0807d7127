/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static dev.portcullis.api.AuditField.APPLICATION_NAME;
import static dev.portcullis.api.AuditField.ATTRIBUTES;
import static dev.portcullis.api.AuditField.AUTH_MECH;
import static dev.portcullis.api.AuditField.CLIENT;
import static dev.portcullis.api.AuditField.EXCHANGE_ID;
import static dev.portcullis.api.AuditField.FAILED_DETAIL;
import static dev.portcullis.api.AuditField.FAILED_RULE_NAME;
import static dev.portcullis.api.AuditField.FAILED_RULE_TYPE;
import static dev.portcullis.api.AuditField.INTROSPECTION_MS;
import static dev.portcullis.api.AuditField.METHOD;
import static dev.portcullis.api.AuditField.PATH_PREFIX;
import static dev.portcullis.api.AuditField.PROXY_ROUND_TRIP_MS;
import static dev.portcullis.api.AuditField.REQUEST_URI;
import static dev.portcullis.api.AuditField.RESOURCE;
import static dev.portcullis.api.AuditField.RESOURCE_NAME;
import static dev.portcullis.api.AuditField.RESPONSE_CODE;
import static dev.portcullis.api.AuditField.ROUND_TRIP_MS;
import static dev.portcullis.api.AuditField.SUBJECT;
import static dev.portcullis.api.AuditField.TIME;
import static dev.portcullis.api.AuditField.TRACKING_ID;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * An entry in eighteen columns separated by a vertical bar and a space, in the order of the
 * PingAccess engine audit log. A column without a value is empty; a bar in a value has a backslash
 * in front.
 *
 * <p>The layout is one of requests. Entries of the other two types use the same columns, as far as
 * they have something to say in them, and add their remaining fields behind the last one as {@code
 * name=value}, beginning with {@code event=as-request} or {@code event=system}. A request entry
 * adds nothing but {@code failedDetail} and the attributes that {@code audit.attributes} asked for:
 * {@code attributes.username=alice}.
 */
final class PipeEntry {

  private static final List<AuditField> COLUMNS =
      List.of(
          TIME,
          EXCHANGE_ID,
          TRACKING_ID,
          ROUND_TRIP_MS,
          PROXY_ROUND_TRIP_MS,
          INTROSPECTION_MS,
          RESOURCE,
          SUBJECT,
          AUTH_MECH,
          CLIENT,
          METHOD,
          REQUEST_URI,
          RESPONSE_CODE,
          FAILED_RULE_TYPE,
          FAILED_RULE_NAME,
          APPLICATION_NAME,
          RESOURCE_NAME,
          PATH_PREFIX);

  private static final Set<AuditField> ADDED_TO_REQUESTS = Set.of(FAILED_DETAIL, ATTRIBUTES);

  private static final Set<AuditField> MILLISECONDS =
      Set.of(ROUND_TRIP_MS, PROXY_ROUND_TRIP_MS, INTROSPECTION_MS);

  private PipeEntry() {}

  static String line(AuditEvent event) {
    StringJoiner line = new StringJoiner("| ");
    for (AuditField column : COLUMNS) {
      line.add(event.get(column).map(value -> cell(column, value)).orElse(""));
    }
    event.fields().forEach((field, value) -> addRest(line, event.type(), field, value));
    return line.toString();
  }

  private static String cell(AuditField column, Object value) {
    String text = EntryText.escape(EntryText.plain(value), "|");
    return MILLISECONDS.contains(column) ? text + " ms" : text;
  }

  private static void addRest(
      StringJoiner line, AuditEvent.Type type, AuditField field, Object value) {
    boolean wanted = type != AuditEvent.Type.REQUEST || ADDED_TO_REQUESTS.contains(field);
    if (wanted && !COLUMNS.contains(field)) {
      EntryText.flatten(
          field, value, (key, text) -> line.add(key + "=" + EntryText.escape(text, "|")));
    }
  }
}
