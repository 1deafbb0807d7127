/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.authserver.AuthorizationServerException.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The tokens that no target gave an answer about, after it had been asked. For a moment they are
 * refused without a call: a token that makes a server hang costs others no connection then. Holds
 * digests, and few of them; what is forgotten early is asked about once more. Safe for use by
 * several threads.
 */
final class DoubtedTokens {

  static final Duration REST = Duration.ofSeconds(2);
  static final int CAPACITY = 1000;

  private record Doubt(long until, String setting) {}

  private final LongSupplier nanoTime;
  private final Map<String, Doubt> tokens =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Doubt> eldest) {
          return size() > CAPACITY;
        }
      };

  DoubtedTokens(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Notes that a call gave no answer.
   *
   * @param setting key of the setting that the call named
   */
  synchronized void add(Call call, String setting) {
    tokens.remove(call.token());
    tokens.put(call.token(), new Doubt(nanoTime.getAsLong() + REST.toNanos(), setting));
  }

  /** Refuses a call about such a token. */
  synchronized void check(Call call) throws AuthorizationServerException {
    Doubt doubt = tokens.get(call.token());
    if (doubt == null) {
      return;
    }
    long left = doubt.until() - nanoTime.getAsLong();
    if (left > 0) {
      Duration rest = Duration.ofSeconds(Duration.ofNanos(left - 1).toSeconds() + 1);
      throw new AuthorizationServerException(Kind.UNAVAILABLE, rest, doubt.setting());
    }
    tokens.remove(call.token());
  }
}
