/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import java.time.Instant;
import java.util.Map;

/** Makes the entries about the filter itself: {@code event: system}. */
public final class SystemEvents {

  private SystemEvents() {}

  /**
   * The start-up entry: {@code kind: configuration-loaded}.
   *
   * @param filter the name of the filter
   * @param settings all effective settings, secrets masked
   */
  public static AuditEvent configurationLoaded(
      Instant time, String filter, Map<String, String> settings) {
    return of(time, "configuration-loaded", "filter " + filter)
        .with(AuditField.SETTINGS, settings)
        .build();
  }

  /**
   * The last entry: {@code kind: filter-stopped}.
   *
   * @param filter the name of the filter
   */
  public static AuditEvent filterStopped(Instant time, String filter) {
    return of(time, "filter-stopped", "filter " + filter).build();
  }

  private static AuditEvent.Builder of(Instant time, String kind, String detail) {
    return AuditEvent.of(AuditEvent.Type.SYSTEM, time)
        .with(AuditField.KIND, kind)
        .with(AuditField.DETAIL, detail);
  }
}
