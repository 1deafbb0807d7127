/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.http.HttpReply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * An answer of the authorization server with status 200 and without content coding, or an error of
 * {@link InactiveErrors}. Who reads it says what came of it by {@link #conclude}, so that its audit
 * entry can be written. Safe for use by several threads.
 */
public final class AuthorizationServerReply {

  private final HttpReply reply;
  private final Attempt attempt;
  private final Duration roundTrip;
  private final ExchangeTrail trail;
  private final BiConsumer<String, String> complaints;
  private final AtomicBoolean concluded = new AtomicBoolean();

  AuthorizationServerReply(
      HttpReply reply,
      Attempt attempt,
      Duration roundTrip,
      ExchangeTrail trail,
      BiConsumer<String, String> complaints) {
    this.reply = reply;
    this.attempt = attempt;
    this.roundTrip = roundTrip;
    this.trail = trail;
    this.complaints = complaints;
  }

  /** Whether it is an error by which the server says that the token is dead: nothing to read. */
  public boolean saysInactive() {
    return reply.status() != Failure.OK;
  }

  /** Its {@code Content-Type} as it came. */
  public Optional<String> contentType() {
    return reply.contentType();
  }

  /** Its body. */
  public byte[] body() {
    return reply.body().clone();
  }

  /** The {@code host:port} it came from. */
  public String targetHost() {
    return attempt.target().toString();
  }

  /** Says what came of it. Counts the first time only. */
  public void conclude(Outcome outcome, Optional<String> subject, Optional<String> clientId) {
    if (!concluded.compareAndSet(false, true)) {
      return;
    }
    if (saysInactive()) {
      trail.failed(attempt, roundTrip, outcome, Optional.of(reply.status()));
    } else {
      trail.answered(attempt, roundTrip, outcome, subject, clientId);
    }
  }

  /** What is left of the time of the call. */
  public Duration timeLeft() {
    return attempt.call().deadline().remaining();
  }

  /**
   * Says that it cannot be used, and why; the log is told too, in moderation.
   *
   * @param setting key of the setting to look at
   */
  public void reject(String problem, String setting) {
    complaints.accept(problem, setting);
    conclude(Outcome.BAD_RESPONSE, Optional.empty(), Optional.empty());
  }

  /** Shows no body. */
  @Override
  public String toString() {
    return "AuthorizationServerReply[" + attempt.target() + "]";
  }
}
