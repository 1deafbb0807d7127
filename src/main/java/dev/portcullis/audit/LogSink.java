/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditSink;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** Writes each entry as one line to a logger, at level INFO: the sink {@code log}. */
final class LogSink implements AuditSink {

  private final System.Logger logger;
  private final AuditFormat format;

  LogSink(System.Logger logger, AuditFormat format) {
    this.logger = logger;
    this.format = format;
  }

  /** A logger that leaves INFO out would drop entries in silence; so that is a failure, too. */
  @Override
  public void write(AuditEvent event) throws IOException {
    if (!logger.isLoggable(Level.INFO)) {
      throw new IOException("logger " + logger.getName() + " is not enabled for INFO");
    }
    logger.log(Level.INFO, format.line(event));
  }
}
