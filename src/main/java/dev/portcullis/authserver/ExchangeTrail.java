/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the audit entry of each exchange, if entries of exchanges are wanted. Immutable. */
final class ExchangeTrail {

  private final boolean wanted;
  private final Consumer<AuditEvent> audit;
  private final InstantSource clock;
  private final String path;
  private final boolean viaProxy;

  /** Makes the writer. The query of the endpoint, if it has one, is not written. */
  ExchangeTrail(
      AuthorizationServerSettings settings,
      boolean viaProxy,
      Consumer<AuditEvent> audit,
      InstantSource clock) {
    this.wanted = settings.audit();
    this.viaProxy = viaProxy;
    this.audit = audit;
    this.clock = clock;
    this.path = settings.endpoints().introspection().replaceFirst("\\?.*", "");
  }

  /** An exchange that gave no answer. */
  void failed(Attempt attempt, Duration roundTrip, Outcome outcome, Optional<Integer> status) {
    AuditEvent.Builder entry = entry(attempt, roundTrip).with(AuditField.OUTCOME, outcome.code());
    status.ifPresent(code -> entry.with(AuditField.RESPONSE_CODE, code));
    write(entry);
  }

  /** An exchange that gave an answer. */
  void answered(
      Attempt attempt,
      Duration roundTrip,
      Outcome outcome,
      Optional<String> subject,
      Optional<String> clientId) {
    AuditEvent.Builder entry =
        entry(attempt, roundTrip)
            .with(AuditField.RESPONSE_CODE, Failure.OK)
            .with(AuditField.OUTCOME, outcome.code());
    subject.ifPresent(text -> entry.with(AuditField.SUBJECT, text));
    clientId.ifPresent(text -> entry.with(AuditField.CLIENT_ID, text));
    write(entry);
  }

  private AuditEvent.Builder entry(Attempt attempt, Duration roundTrip) {
    AuditEvent.Builder entry =
        AuditEvent.of(AuditEvent.Type.AS_REQUEST, clock.instant())
            .with(AuditField.EXCHANGE_ID, attempt.call().exchangeId())
            .with(AuditField.TRACKING_ID, attempt.call().trackingId())
            .with(AuditField.ROUND_TRIP_MS, roundTrip.toMillis())
            .with(AuditField.METHOD, Call.METHOD)
            .with(AuditField.REQUEST_URI, path)
            .with(AuditField.TARGET_HOST, attempt.target().toString())
            .with(AuditField.TARGET_SCHEME, attempt.target().scheme())
            .with(AuditField.VIA_PROXY, viaProxy)
            .with(AuditField.ATTEMPT, attempt.number());
    attempt.call().audience().ifPresent(text -> entry.with(AuditField.AUDIENCE, text));
    return entry;
  }

  private void write(AuditEvent.Builder entry) {
    if (wanted) {
      audit.accept(entry.build());
    }
  }
}
