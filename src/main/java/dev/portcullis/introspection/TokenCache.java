/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.oauth.TokenDigest;
import java.util.Optional;

/**
 * Keeps answers: at most a number of them, the least recently used go first. Holds no token. Safe
 * for use by several threads.
 */
public interface TokenCache extends AutoCloseable {

  /** The answer kept for a key; it may be past its lifetime. */
  Optional<CachedAnswer> get(CacheKey key);

  /** Keeps an answer. */
  void put(CacheKey key, CachedAnswer answer);

  /** Forgets the answer kept for a key. */
  void remove(CacheKey key);

  /** Forgets all answers about a token, whatever else their keys hold. May look at every key. */
  void removeAll(TokenDigest token);

  /** Forgets everything. */
  void clear();

  /** How many answers are kept, past their lifetime or not. */
  long size();

  @Override
  void close();
}
