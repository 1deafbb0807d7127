/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.access.AccessSettings.Issuer;
import dev.portcullis.api.Reason;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.TokenInfo;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Judges what the authorization server said of a token (RFC 7662 sections 2.2 and 4, RFC 9700
 * section 2.3), on every request and for a cached answer too. A token is good up to the second
 * before its {@code exp}, and from its {@code nbf} less the skew on. Safe for use by several
 * threads.
 */
final class TokenValidator {

  private final TokenTypes types;
  private final Issuer issuer;
  private final long skewSeconds;
  private final InstantSource clock;

  TokenValidator(AccessSettings settings, InstantSource clock) {
    this.types = settings.tokenTypes();
    this.issuer = settings.issuer();
    this.skewSeconds = settings.clockSkew().toSeconds();
    this.clock = clock;
  }

  /**
   * Checks the claims.
   *
   * @throws RefusedException always the same error for the caller, whichever check failed
   */
  ValidToken validate(TokenInfo info, AccessRule rule) throws RefusedException {
    Instant checkedAt = clock.instant();
    long now = checkedAt.getEpochSecond();
    if (!info.isActive()) {
      throw invalid(Reason.TOKEN_INACTIVE, "");
    }
    if (info.isExpiredAt(now)) {
      throw invalid(Reason.TOKEN_EXPIRED, "");
    }
    if (info.isNotYetValidAt(now + skewSeconds)) {
      throw invalid(Reason.TOKEN_EXPIRED, AccessSettings.CLOCK_SKEW);
    }
    if (!types.admit(info)) {
      throw invalid(Reason.TOKEN_TYPE_UNUSABLE, TokenTypes.KEY);
    }
    if (!isFromIssuer(info)) {
      throw invalid(Reason.ISSUER_MISMATCH, issuer.key());
    }
    checkAudience(info, rule);
    return new ValidToken(info, checkedAt);
  }

  /**
   * Checks that a token is meant for what that rule is about.
   *
   * @throws RefusedException if it is not
   */
  void checkAudience(TokenInfo info, AccessRule rule) throws RefusedException {
    if (!rule.admitsAudience(info.audience())) {
      throw invalid(Reason.AUDIENCE_MISMATCH, rule.key("audience"));
    }
  }

  private boolean isFromIssuer(TokenInfo info) {
    if (info.issuer().isEmpty()) {
      return !issuer.isDemanded();
    }
    return issuer.identifier().isEmpty() || issuer.identifier().equals(info.issuer());
  }

  private static RefusedException invalid(Reason reason, String setting) {
    return RefusedException.of(OAuthError.INVALID_TOKEN, reason, setting);
  }
}
