/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.http.HttpTransport;
import java.lang.System.Logger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the authorization server: authenticated, the first target that answers, again or the next
 * one where that may help, all within one deadline. Safe for use by several threads.
 */
public final class AuthorizationServerClient {

  private final CallLimits limits;
  private final Optional<String> tokenTypeHint;
  private final Timing timing;
  private final EndpointSource endpoints;
  private final Failover failover;
  private final CallsUnderWay underWay;

  /**
   * Makes a client.
   *
   * @param endpoints tells where the server is called
   * @param limits how long one call takes, and how many may be under way
   * @param transport what it sends by; closed by who made it
   * @param audit where entries go
   * @param keys the keys to sign with, if something is signed; closed by who made them
   */
  public AuthorizationServerClient(
      AuthorizationServerSettings settings,
      Discovery endpoints,
      CallLimits limits,
      HttpTransport transport,
      Consumer<AuditEvent> audit,
      Timing timing,
      Optional<SigningKeys> keys) {
    this(
        settings,
        endpoints,
        limits,
        transport,
        audit,
        timing,
        keys,
        System.getLogger(AuthorizationServerClient.class.getPackageName()));
  }

  AuthorizationServerClient(
      AuthorizationServerSettings settings,
      EndpointSource endpoints,
      CallLimits limits,
      HttpTransport transport,
      Consumer<AuditEvent> audit,
      Timing timing,
      Optional<SigningKeys> keys,
      Logger logger) {
    this.limits = limits;
    this.tokenTypeHint = settings.tokenTypeHint();
    this.timing = timing;
    this.endpoints = endpoints;
    ThrottledLog log = new ThrottledLog(logger, timing.nanoTime());
    Targets targets =
        new Targets(
            settings.failover(), timing.nanoTime(), new TargetEvents(audit, timing.clock(), log));
    Exchanges exchanges =
        new Exchanges(
            transport,
            settings,
            ClientAuthentication.of(settings.client(), keys, timing.clock()),
            timing.nanoTime(),
            new ExchangeTrail(settings.audit(), transport.isViaProxy(), audit, timing.clock()),
            log);
    this.failover = new Failover(targets, exchanges, settings, timing);
    this.underWay = new CallsUnderWay(limits.share());
  }

  /** What the server wants to be told of the type of a token, if anything. */
  public Optional<String> tokenTypeHint() {
    return tokenTypeHint;
  }

  /**
   * Posts a request to the introspection endpoint (RFC 7662 section 2.1).
   *
   * @param parameters its parameters, in order, without those of client authentication
   * @param exchangeId the exchange this is for, for audit entries
   * @param trackingId the token this is for, for audit entries
   * @param audience the audience among the parameters, for audit entries
   * @return an answer with status 200, whatever it says
   * @throws AuthorizationServerException if there is none
   */
  public AuthorizationServerReply introspect(
      Map<String, String> parameters,
      String exchangeId,
      String trackingId,
      Optional<String> audience)
      throws AuthorizationServerException {
    Call call =
        new Call(
            endpoints.current(),
            parameters,
            exchangeId,
            trackingId,
            audience,
            limits.overallTimeout(),
            timing.nanoTime());
    underWay.begin(call);
    boolean isAnswered = false;
    try {
      AuthorizationServerReply reply = failover.ask(call);
      isAnswered = true;
      return reply;
    } finally {
      underWay.end(call, isAnswered);
    }
  }
}
