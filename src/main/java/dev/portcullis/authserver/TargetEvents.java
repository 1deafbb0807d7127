/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Tells the log and the audit trail what becomes of targets. Immutable. */
final class TargetEvents {

  private final Consumer<AuditEvent> audit;
  private final InstantSource clock;
  private final Logger logger;

  TargetEvents(Consumer<AuditEvent> audit, InstantSource clock, Logger logger) {
    this.audit = audit;
    this.clock = clock;
    this.logger = logger;
  }

  void failed(Target target, Outcome how) {
    logger.log(
        Level.WARNING,
        "The authorization server at " + target + " has failed: " + how.code() + ".");
    tell("target-failed", target, how.code());
  }

  void recovered(Target target) {
    logger.log(Level.INFO, "The authorization server at " + target + " answers again.");
    tell("target-recovered", target, "");
  }

  private void tell(String kind, Target target, String detail) {
    audit.accept(
        AuditEvent.of(AuditEvent.Type.SYSTEM, clock.instant())
            .with(AuditField.KIND, kind)
            .with(AuditField.TARGET_HOST, target.toString())
            .with(AuditField.DETAIL, detail)
            .build());
  }
}
