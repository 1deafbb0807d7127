/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.json.JsonWriter;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * An entry in the Common Event Format, version 0: a header in bars and an extension of {@code
 * key=value} pairs. The event class is the reason code of a refusal, else the outcome or the kind.
 * A field for which the dictionary of the format has a key goes by that key, any other by its own
 * name with {@code Portcullis} in front, as the format demands of keys outside the dictionary; maps
 * are written as JSON. In the header bars, in the extension equals signs have a backslash in front.
 */
final class CefEntry {

  private static final Map<AuditField, String> DICTIONARY =
      new EnumMap<>(
          Map.of(
              AuditField.TIME, "rt",
              AuditField.EXCHANGE_ID, "externalId",
              AuditField.RESOURCE, "request",
              AuditField.SUBJECT, "suser",
              AuditField.METHOD, "requestMethod",
              AuditField.OUTCOME, "outcome",
              AuditField.FAILED_RULE_TYPE, "reason",
              AuditField.APPLICATION_NAME, "destinationServiceName",
              AuditField.HOST, "dvchost",
              AuditField.DETAIL, "msg"));

  private static final Set<String> ALARMS = Set.of("file-unusable", "certificate-expired");
  private static final int ROUTINE = 1;
  private static final int NOTABLE = 3;
  private static final int REFUSED = 5;
  private static final int FAULT = 8;

  private CefEntry() {}

  static String line(AuditEvent event) {
    StringJoiner header = new StringJoiner("|");
    header.add("CEF:0").add("Portcullis").add("Portcullis").add(headerText(version()));
    header.add(headerText(eventClass(event))).add(name(event));
    header.add(Integer.toString(severity(event))).add(extension(event));
    return header.toString();
  }

  private static String extension(AuditEvent event) {
    StringJoiner extension = new StringJoiner(" ");
    event
        .fields()
        .forEach(
            (field, value) ->
                extension.add(key(field, value) + "=" + EntryText.escape(text(value), "=")));
    return extension.toString();
  }

  /** The dictionary has one key for an IPv4 address and another for an IPv6 address. */
  private static String key(AuditField field, Object value) {
    if (field == AuditField.CLIENT) {
      return value.toString().indexOf(':') < 0 ? "src" : "c6a2";
    }
    String own = field.key();
    return DICTIONARY.getOrDefault(
        field, "Portcullis" + Character.toUpperCase(own.charAt(0)) + own.substring(1));
  }

  private static String text(Object value) {
    if (value instanceof Instant time) {
      return Long.toString(time.toEpochMilli());
    }
    return value instanceof Map<?, ?> members ? json(members) : EntryText.plain(value);
  }

  private static String json(Map<?, ?> members) {
    Map<String, String> texts = new LinkedHashMap<>();
    members.forEach((name, text) -> texts.put(name.toString(), text.toString()));
    return JsonWriter.object(texts);
  }

  private static String eventClass(AuditEvent event) {
    return text(event, AuditField.FAILED_RULE_TYPE)
        .or(() -> text(event, AuditField.KIND))
        .or(() -> text(event, AuditField.OUTCOME))
        .orElse(event.type().key());
  }

  private static String name(AuditEvent event) {
    return switch (event.type()) {
      case REQUEST -> "Request to the application";
      case AS_REQUEST -> "Request to the authorization server";
      case SYSTEM -> "Event of the filter";
    };
  }

  private static int severity(AuditEvent event) {
    return switch (text(event, AuditField.OUTCOME).orElse("")) {
      case "allowed", "active", "inactive", "fetched" -> ROUTINE;
      case "denied" -> REFUSED;
      case "" ->
          text(event, AuditField.KIND).filter(ALARMS::contains).isPresent() ? FAULT : NOTABLE;
      default -> FAULT;
    };
  }

  private static Optional<String> text(AuditEvent event, AuditField field) {
    return event.get(field).map(Object::toString);
  }

  private static String headerText(String text) {
    return EntryText.escape(text, "|");
  }

  private static String version() {
    return Optional.ofNullable(CefEntry.class.getPackage().getImplementationVersion())
        .orElse("unknown");
  }
}
