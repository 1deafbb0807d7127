/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.api;

import java.time.Instant;

/**
 * Remembers which DPoP proofs were used (RFC 9449 section 11.1). An implementation of one's own is
 * named by its class in {@code dpop.replay-store}; it needs a public constructor without
 * parameters, and must be safe for use by several threads. Nodes whose proofs must not be used
 * twice anywhere share one record.
 */
public interface ReplayStore extends AutoCloseable {

  /** What came of registering a proof. */
  enum Outcome {
    /** It was not known and is from now on. */
    FIRST_USE,
    /** It was known already. */
    REPLAY,
    /** It is not known and there is no room to remember it. */
    FULL
  }

  /**
   * Registers a proof, in one atomic step: of several calls with the same id at the same time at
   * most one gives {@link Outcome#FIRST_USE}.
   *
   * @param id a digest of key and {@code jti}: 43 characters of base64url
   * @param until how long it must be remembered, and need not be afterwards. Nothing may be
   *     forgotten before its time to make room for another
   * @throws Exception if it cannot be told; the request is answered 503
   */
  Outcome register(String id, Instant until) throws Exception;

  /** Releases what it holds. */
  @Override
  default void close() {}
}
