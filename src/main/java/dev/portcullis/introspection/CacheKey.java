/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.oauth.TokenDigest;
import dev.portcullis.oauth.TokenQuery;
import java.util.Optional;

/**
 * What an answer depends on: the token, as its digest, and the audience that was sent. Each filter
 * has caches of its own, so that provider and client identity need not be part of it. Immutable.
 */
public record CacheKey(TokenDigest token, Optional<String> audience) {

  static CacheKey of(TokenQuery query) {
    return new CacheKey(query.token().digest(), query.audience());
  }

  /** Written out: Java makes that of a record at its first use, when a client waits for it. */
  @Override
  public boolean equals(Object other) {
    return other instanceof CacheKey that
        && token.equals(that.token)
        && audience.equals(that.audience);
  }

  @Override
  public int hashCode() {
    return 31 * token.hashCode() + audience.hashCode();
  }
}
