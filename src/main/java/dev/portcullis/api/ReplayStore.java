/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.api;

import java.time.Instant;
import java.util.Map;

/**
 * Remembers which DPoP proofs were used (RFC 9449 section 11.1). An implementation of one's own is
 * named by its class in {@code dpop.replay-store}; it needs a public constructor without
 * parameters, and must be safe for use by several threads. Nodes whose proofs must not be used
 * twice anywhere share one record, which outlives the restart of a node.
 *
 * <p>Requests wait for it, but none longer than two seconds: a call that takes more is interrupted,
 * and the request is answered 503, as it is when a call throws. At most 64 calls are under way at a
 * time.
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
   * Called once before the first proof, by the thread that starts the filter.
   *
   * @param settings the settings below {@code dpop.replay-store.}, without that prefix
   * @throws Exception if the store cannot work; the filter then does not start
   */
  default void open(Map<String, String> settings) throws Exception {}

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

  /** Called once after the last proof; releases what it holds. Given up after two seconds. */
  @Override
  default void close() {}
}
