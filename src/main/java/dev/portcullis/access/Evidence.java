/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.TokenInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * What a decision was based on, for the audit trail. Immutable.
 *
 * @param scheme the scheme the request used
 * @param token the token it carried
 * @param info what the authorization server said of the token
 * @param source where that came from
 * @param waited how long the request waited for it
 */
public record Evidence(
    Optional<AuthScheme> scheme,
    Optional<AccessToken> token,
    Optional<TokenInfo> info,
    Source source,
    Duration waited) {

  /** Where the answer of the authorization server came from. */
  public enum Source {
    /** It was not needed, or there was none. */
    NONE,
    /** It was at hand. */
    CACHE,
    /** It was asked. */
    INTROSPECTION
  }

  /** Nothing is known. */
  public static final Evidence NONE =
      new Evidence(
          Optional.empty(), Optional.empty(), Optional.empty(), Source.NONE, Duration.ZERO);
}
