/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the audit entry of each exchange, if entries of exchanges are wanted. Immutable. */
final class ExchangeTrail {

  private final boolean wanted;
  private final boolean viaProxy;
  private final Consumer<AuditEvent> audit;
  private final InstantSource clock;

  /** Makes the writer. */
  ExchangeTrail(boolean wanted, boolean viaProxy, Consumer<AuditEvent> audit, InstantSource clock) {
    this.wanted = wanted;
    this.viaProxy = viaProxy;
    this.audit = audit;
    this.clock = clock;
  }

  /** The exchange for a document, which is for no request in particular. */
  void fetched(
      String method, URI url, Duration roundTrip, Outcome outcome, Optional<Integer> status) {
    AuditEvent.Builder entry =
        entry(Target.of(url), roundTrip)
            .with(AuditField.METHOD, method)
            .with(AuditField.REQUEST_URI, url.getRawPath())
            .with(AuditField.OUTCOME, outcome.code());
    status.ifPresent(code -> entry.with(AuditField.RESPONSE_CODE, code));
    write(entry);
  }

  /** An exchange that gave no answer, or an error in place of one. */
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

  /** The query of the endpoint, if it has one, is not written. */
  private AuditEvent.Builder entry(Attempt attempt, Duration roundTrip) {
    Call call = attempt.call();
    AuditEvent.Builder entry =
        entry(attempt.target(), roundTrip)
            .with(AuditField.EXCHANGE_ID, call.exchangeId())
            .with(AuditField.TRACKING_ID, call.trackingId())
            .with(AuditField.METHOD, Call.METHOD)
            .with(AuditField.REQUEST_URI, call.endpoints().path())
            .with(AuditField.ATTEMPT, attempt.number());
    call.audience().ifPresent(text -> entry.with(AuditField.AUDIENCE, text));
    return entry;
  }

  private AuditEvent.Builder entry(Target target, Duration roundTrip) {
    return AuditEvent.of(AuditEvent.Type.AS_REQUEST, clock.instant())
        .with(AuditField.ROUND_TRIP_MS, roundTrip.toMillis())
        .with(AuditField.TARGET_HOST, target.toString())
        .with(AuditField.TARGET_SCHEME, target.scheme())
        .with(AuditField.VIA_PROXY, viaProxy);
  }

  private void write(AuditEvent.Builder entry) {
    if (wanted) {
      audit.accept(entry.build());
    }
  }
}
