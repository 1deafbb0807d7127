/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.TokenInfo;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an answer may call a token that is to be used: {@code token_type} is for RFC 7662 section
 * 2.2 the scheme of RFC 6749 section 5.1, and for many servers the kind of token. Of an unknown
 * type no token is used (RFC 6749 section 7.1). Immutable.
 *
 * @param accepted the types beside {@code DPoP}, in lower case
 */
record TokenTypes(Set<String> accepted) {

  static final String KEY = "token.types";

  private static final List<String> DEFAULTS =
      List.of(
          "Bearer",
          "access_token",
          "urn:ietf:params:oauth:token-type:access_token",
          "at+jwt",
          "JWT",
          "urn:pingidentity.com:oauth2:validated_token");

  /** What {@code token_use} may be: Amazon Cognito says so which of its tokens it is. */
  private static final Set<String> USES = Set.of("access_token", "access");

  static TokenTypes read(ConfigReader config) {
    return new TokenTypes(
        config.list(KEY, DEFAULTS).stream()
            .map(TokenTypes::lower)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether the token may be one for protected resources; one of which nothing is said may. */
  boolean admit(TokenInfo info) {
    return info.tokenType().map(this::isType).orElse(true)
        && info.tokenUse().map(TokenTypes::lower).map(USES::contains).orElse(true);
  }

  private boolean isType(String type) {
    return AuthScheme.DPOP.isNamed(type) || accepted.contains(lower(type));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
