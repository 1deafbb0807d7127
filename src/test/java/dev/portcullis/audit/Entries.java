/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Audit entries to test with. */
final class Entries {

  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private Entries() {}

  /** An entry that can be told from others by its number. */
  static AuditEvent numbered(int number) {
    return at(NOON, "r" + number);
  }

  static AuditEvent at(Instant time, String exchangeId) {
    return AuditEvent.of(AuditEvent.Type.REQUEST, time)
        .with(AuditField.EXCHANGE_ID, exchangeId)
        .build();
  }

  /** A request entry with that subject and nothing else. */
  static AuditEvent ofSubject(String subject) {
    return AuditEvent.of(AuditEvent.Type.REQUEST, NOON).with(AuditField.SUBJECT, subject).build();
  }

  static String id(AuditEvent event) {
    return event.get(AuditField.EXCHANGE_ID).orElseThrow().toString();
  }

  /** A request entry with a value in every field that such an entry may have. */
  static AuditEvent refusedRequest() {
    return AuditEvent.of(AuditEvent.Type.REQUEST, NOON)
        .with(AuditField.EXCHANGE_ID, "x1")
        .with(AuditField.TRACKING_ID, "atid:0123456789abcdef")
        .with(AuditField.ROUND_TRIP_MS, 12)
        .with(AuditField.PROXY_ROUND_TRIP_MS, 0)
        .with(AuditField.INTROSPECTION_MS, 7)
        .with(AuditField.RESOURCE, "https://api.example.com/shop/orders")
        .with(AuditField.SUBJECT, "alice")
        .with(AuditField.CLIENT_ID, "web")
        .with(AuditField.SCOPES, List.of("read", "list"))
        .with(AuditField.AUTH_MECH, "OAuth-Bearer")
        .with(AuditField.TOKEN_SOURCE, "introspection")
        .with(AuditField.CLIENT, "192.0.2.7")
        .with(AuditField.METHOD, "GET")
        .with(AuditField.REQUEST_URI, "/shop/orders")
        .with(AuditField.RESPONSE_CODE, 403)
        .with(AuditField.OUTCOME, "denied")
        .with(AuditField.FAILED_RULE_TYPE, "scope_missing")
        .with(AuditField.FAILED_RULE_NAME, "require.scopes")
        .with(AuditField.APPLICATION_NAME, "Shop")
        .with(AuditField.RESOURCE_NAME, "oauth")
        .with(AuditField.PATH_PREFIX, "/shop")
        .with(AuditField.HOST, "api.example.com")
        .with(AuditField.ATTRIBUTES, Map.of("username", "alice"))
        .build();
  }

  static AuditEvent asRequest() {
    return AuditEvent.of(AuditEvent.Type.AS_REQUEST, NOON)
        .with(AuditField.EXCHANGE_ID, "x1")
        .with(AuditField.ROUND_TRIP_MS, 7)
        .with(AuditField.METHOD, "POST")
        .with(AuditField.REQUEST_URI, "/introspect")
        .with(AuditField.RESPONSE_CODE, 200)
        .with(AuditField.OUTCOME, "active")
        .with(AuditField.TARGET_HOST, "as.example.com:443")
        .with(AuditField.TARGET_SCHEME, "https")
        .with(AuditField.VIA_PROXY, false)
        .with(AuditField.ATTEMPT, 1)
        .build();
  }
}
