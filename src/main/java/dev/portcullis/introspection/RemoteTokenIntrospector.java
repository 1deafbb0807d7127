/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.api.Reason;
import dev.portcullis.authserver.AuthorizationServerClient;
import dev.portcullis.authserver.AuthorizationServerException;
import dev.portcullis.authserver.AuthorizationServerReply;
import dev.portcullis.authserver.Outcome;
import dev.portcullis.oauth.AttributePath;
import dev.portcullis.oauth.TokenDigest;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.TokenIntrospector;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.oauth.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks the authorization server, every time (RFC 7662 section 2.1). Only an answer that is complete
 * and makes sense counts; all else is the authorization server's fault and never the token's. Safe
 * for use by several threads.
 */
public final class RemoteTokenIntrospector implements TokenIntrospector {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final AuthorizationServerClient server;
  private final AnswerReader answers;
  private final AttributePath subject;
  private final Function<TokenDigest, String> trackingId;
  private final InstantSource clock;

  /**
   * Makes an introspector.
   *
   * @param answers how its answers are read
   * @param subject the attribute that is the subject in audit entries
   * @param trackingId what stands for a token in audit entries
   * @param clock what time it is
   */
  public RemoteTokenIntrospector(
      AuthorizationServerClient server,
      AnswerReader answers,
      AttributePath subject,
      Function<TokenDigest, String> trackingId,
      InstantSource clock) {
    this.server = server;
    this.answers = answers;
    this.subject = subject;
    this.trackingId = trackingId;
    this.clock = clock;
  }

  @Override
  public Optional<TokenInfo> known(TokenQuery query) {
    return Optional.empty();
  }

  @Override
  public TokenInfo introspect(TokenQuery query) throws UnavailableException {
    Instant askedAt = clock.instant();
    try {
      AuthorizationServerReply reply =
          server.introspect(
              parameters(query),
              query.exchangeId(),
              trackingId.apply(query.token().digest()),
              query.audience());
      return read(reply, askedAt);
    } catch (AuthorizationServerException failure) {
      throw new UnavailableException(reason(failure), failure.retryAfter(), failure.setting());
    }
  }

  private TokenInfo read(AuthorizationServerReply reply, Instant askedAt)
      throws UnavailableException {
    try {
      TokenInfo info =
          reply.saysInactive() ? TokenInfo.inactive(askedAt) : answers.read(reply, askedAt);
      reply.conclude(
          info.isActive() ? Outcome.ACTIVE : Outcome.INACTIVE,
          subject.textIn(info),
          info.clientId());
      return info;
    } catch (UnreadableAnswerException e) {
      reply.reject(e.problem(), e.setting());
      throw new UnavailableException(Reason.AS_BAD_RESPONSE, SOON, e.setting());
    }
  }

  private Map<String, String> parameters(TokenQuery query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("token", query.token().reveal());
    server.tokenTypeHint().ifPresent(hint -> parameters.put("token_type_hint", hint));
    query.audience().ifPresent(audience -> parameters.put("aud", audience));
    return parameters;
  }

  private static Reason reason(AuthorizationServerException failure) {
    return switch (failure.kind()) {
      case UNAVAILABLE -> Reason.AS_UNAVAILABLE;
      case REJECTED_CLIENT -> Reason.AS_CLIENT_REJECTED;
      case BAD_RESPONSE -> Reason.AS_BAD_RESPONSE;
    };
  }
}
