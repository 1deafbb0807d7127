/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.Challenge;
import dev.portcullis.oauth.OAuthError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The request must not pass. Immutable.
 *
 * @param status status code of the response
 * @param error error code for the caller; none if the request carried no credentials
 * @param challenges {@code WWW-Authenticate} fields, one challenge each
 * @param nonce the {@code DPoP-Nonce} that the client is to use (RFC 9449 section 9)
 * @param retryAfter when to come again, if that may help
 * @param reason the reason for the operator
 * @param setting key of the setting that led to it, or empty
 * @param detail which part of the request failed, or empty
 * @param evidence what the decision was based on
 */
public record Rejected(
    int status,
    Optional<OAuthError> error,
    List<Challenge> challenges,
    Optional<String> nonce,
    Optional<Duration> retryAfter,
    Reason reason,
    String setting,
    String detail,
    Evidence evidence)
    implements Decision {

  /** Copies the challenges. */
  public Rejected {
    challenges = List.copyOf(challenges);
  }

  /**
   * A refusal that is not the request's fault: 503, or 500 for {@link Reason#INTERNAL_ERROR}.
   *
   * @param retryAfter when to come again; of no effect on a 500
   */
  public static Rejected unavailable(
      Reason reason, Duration retryAfter, String setting, Evidence evidence) {
    boolean isOurs = reason == Reason.INTERNAL_ERROR;
    OAuthError error = isOurs ? OAuthError.SERVER_ERROR : OAuthError.TEMPORARILY_UNAVAILABLE;
    return new Rejected(
        error.status(),
        Optional.of(error),
        List.of(),
        Optional.empty(),
        Optional.of(retryAfter).filter(time -> !isOurs),
        reason,
        setting,
        "",
        evidence);
  }
}
