/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.api.AuditSink;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends each entry as one line to {@code audit.file}: the sink {@code file}. Lines are collected
 * and handed to the operating system by {@link #flush()}; they are not forced to the disk.
 */
final class FileSink implements AuditSink {

  private final AuditFiles files;
  private final AuditFile file;
  private final AuditFormat format;
  private final List<AuditFile.Line> waiting = new ArrayList<>();

  FileSink(AuditFiles files, AuditFile file, AuditFormat format) {
    this.files = files;
    this.file = file;
    this.format = format;
  }

  @Override
  public void write(AuditEvent event) {
    Instant time = event.get(AuditField.TIME).map(Instant.class::cast).orElse(Instant.EPOCH);
    waiting.add(new AuditFile.Line(time, format.line(event)));
  }

  @Override
  public void flush() throws IOException {
    try {
      file.append(waiting);
    } finally {
      waiting.clear();
    }
  }

  @Override
  public void close() throws IOException {
    files.release(file);
  }
}
