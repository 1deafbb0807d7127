/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.authserver.ClientAuthentication.Credential;
import dev.portcullis.http.HttpCall;
import dev.portcullis.http.HttpReply;
import dev.portcullis.http.HttpTransport;
import dev.portcullis.http.TransportException;
import dev.portcullis.http.TransportException.Stage;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Makes one exchange with one target, judges it, logs and audits a failure. Immutable. */
final class Exchanges {

  private static final String INTROSPECTION_JWT = "application/token-introspection+jwt";

  private final HttpTransport transport;
  private final FailoverSettings failover;
  private final InactiveErrors inactiveErrors;
  private final String accepted;
  private final ClientAuthentication authentication;
  private final String credentialSetting;
  private final LongSupplier nanoTime;
  private final ExchangeTrail trail;
  private final ThrottledLog log;

  Exchanges(
      HttpTransport transport,
      AuthorizationServerSettings settings,
      ClientAuthentication authentication,
      LongSupplier nanoTime,
      ExchangeTrail trail,
      ThrottledLog log) {
    this.transport = transport;
    this.failover = settings.failover();
    this.inactiveErrors = settings.inactiveErrors();
    this.accepted =
        settings.introspectionJwt().isPresent() ? INTROSPECTION_JWT : "application/json";
    this.authentication = authentication;
    this.credentialSetting = settings.client().credentialSetting();
    this.nanoTime = nanoTime;
    this.trail = trail;
    this.log = log;
  }

  AuthorizationServerReply make(Attempt attempt) throws AttemptFailedException {
    return make(attempt, false);
  }

  private AuthorizationServerReply make(Attempt attempt, boolean onNewConnection)
      throws AttemptFailedException {
    Credential credential = authentication.present();
    long began = nanoTime.getAsLong();
    boolean fair = attempt.call().hasHalfItsTime();
    try {
      HttpCall call = httpCall(attempt, credential);
      HttpReply reply =
          transport.send(
              onNewConnection ? call.onNewConnection() : call, attempt.call().deadline());
      return isWorthNewSecret(attempt, credential, reply, since(began))
          ? make(attempt.call().attempt(attempt.target()))
          : judge(attempt, reply, since(began));
    } catch (TransportException e) {
      if (e.stage() == Stage.STALE) {
        return make(attempt, true); // with a credential of its own; no attempt was made yet
      }
      Failure failure = Failure.of(e, attempt.call().endpoints().addressSetting());
      note(attempt, failure);
      if (e.stage() != Stage.NOT_SENT) {
        trail.failed(attempt, since(began), failure.outcome(), Optional.empty());
      }
      boolean cutShort =
          attempt.call().isGivenUp() || (!fair && attempt.call().deadline().hasPassed());
      throw new AttemptFailedException(cutShort ? failure.skipping() : failure, Duration.ZERO);
    }
  }

  /** A secret that was replaced after it had been read is tried, once (401 only). */
  private boolean isWorthNewSecret(
      Attempt attempt, Credential credential, HttpReply reply, Duration roundTrip) {
    if (reply.status() != Failure.UNAUTHORIZED
        || inactiveErrors.include(reply)
        || !attempt.call().takeSecondChance()
        || !authentication.isReplaced(credential)) {
      return false;
    }
    trail.failed(attempt, roundTrip, Outcome.REJECTED_CLIENT, Optional.of(reply.status()));
    log.log(
        Level.INFO,
        attempt.target() + " new secret",
        "The credentials are refused by the authorization server at "
            + attempt.target()
            + ", and their file holds others: those are tried. See "
            + credentialSetting
            + ".");
    return true;
  }

  private HttpCall httpCall(Attempt attempt, Credential credential) {
    return new HttpCall(
        Call.METHOD,
        attempt.target().url(attempt.call().endpoints().introspection()),
        headerFields(credential),
        body(attempt.call(), credential));
  }

  private Map<String, String> headerFields(Credential credential) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Accept", accepted);
    fields.put("Content-Type", FormBody.CONTENT_TYPE);
    fields.putAll(credential.headerFields());
    return Map.copyOf(fields);
  }

  private static byte[] body(Call call, Credential credential) {
    String own = credential.parameters();
    String form = call.parameters();
    return (own.isEmpty() ? form : form + "&" + own).getBytes(UTF_8);
  }

  private AuthorizationServerReply judge(Attempt attempt, HttpReply reply, Duration roundTrip)
      throws AttemptFailedException {
    Optional<Failure> failure =
        inactiveErrors.include(reply)
            ? Optional.empty()
            : Failure.of(
                reply, failover, attempt.call().endpoints().addressSetting(), credentialSetting);
    if (failure.isPresent()) {
      note(attempt, failure.get());
      trail.failed(attempt, roundTrip, failure.get().outcome(), Optional.of(reply.status()));
      throw new AttemptFailedException(failure.get(), Failure.restOf(reply));
    }
    return new AuthorizationServerReply(
        reply,
        attempt,
        roundTrip,
        trail,
        (problem, setting) -> note(attempt, Failure.unusable(problem, setting)));
  }

  private void note(Attempt attempt, Failure failure) {
    String kind = attempt.target() + " " + failure.outcome().code();
    String text =
        String.format(
            "No answer from the authorization server at %s: %s. See %s.",
            attempt.target(), failure.text(), failure.setting());
    log.log(failure.level(), kind, text);
  }

  private Duration since(long began) {
    return Duration.ofNanos(nanoTime.getAsLong() - began);
  }
}
