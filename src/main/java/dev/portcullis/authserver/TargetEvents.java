/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Tells the audit trail and, in moderation, the log what becomes of targets: one that fails and
 * answers by turns must not fill the disk. Safe for use by several threads.
 */
final class TargetEvents {

  private final Consumer<AuditEvent> audit;
  private final InstantSource clock;
  private final ThrottledLog log;

  TargetEvents(Consumer<AuditEvent> audit, InstantSource clock, ThrottledLog log) {
    this.audit = audit;
    this.clock = clock;
    this.log = log;
  }

  void failed(Target target, Outcome how) {
    log.log(
        Level.WARNING,
        target + " target-failed",
        "The authorization server at " + target + " has failed: " + how.code() + ".");
    tell("target-failed", target, how.code());
  }

  void recovered(Target target) {
    log.log(
        Level.INFO,
        target + " target-recovered",
        "The authorization server at " + target + " answers again.");
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
