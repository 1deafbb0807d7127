/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.webapp;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditSink;

/** Cannot be made, for a reason that is no exception. */
public final class FailingSink implements AuditSink {

  /** Throws. */
  public FailingSink() {
    throw new StackOverflowError("an error for the test");
  }

  @Override
  public void write(AuditEvent event) {}
}
