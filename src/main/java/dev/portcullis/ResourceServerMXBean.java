/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import java.util.Map;

/** What a filter shows and offers over JMX. Shows no token. */
public interface ResourceServerMXBean {

  /**
   * Requests so far by outcome: {@code allowed}, or the code of the reason they were refused for.
   */
  Map<String, Long> getDecisions();

  /** How many answers of the authorization server about active tokens are kept. */
  long getCachedTokens();

  /** Forgets all answers of the authorization server, so that the next requests ask anew. */
  void purgeTokens();

  /** Forgets the answers about one token. */
  void purgeToken(String token);
}
