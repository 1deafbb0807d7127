/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import java.util.function.Function;

/**
 * How an entry is written as one line of text: {@code audit.format}. Whatever a value holds, the
 * result has no line break and no control character, and can be taken apart again.
 */
public enum AuditFormat {
  /** One JSON object. */
  JSON(JsonEntry::line),

  /** {@code key="value"}, as Splunk finds fields by itself. */
  KEY_VALUE(KeyValueEntry::line),

  /** Columns separated by a vertical bar, in the order of the PingAccess engine audit log. */
  PIPE(PipeEntry::line),

  /** Common Event Format, version 0. */
  CEF(CefEntry::line);

  @SuppressWarnings("ImmutableEnumChecker") // a reference to a method without state
  private final Function<AuditEvent, String> line;

  AuditFormat(Function<AuditEvent, String> line) {
    this.line = line;
  }

  /** The entry as one line, without a line break at its end. */
  String line(AuditEvent event) {
    return line.apply(event);
  }
}
