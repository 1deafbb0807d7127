/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.http.HttpSettings;
import java.time.Duration;

/**
 * What bounds calls.
 *
 * @param overallTimeout for one call, whatever it takes
 * @param share how many calls may be under way before those that others overtake have to go
 */
public record CallLimits(Duration overallTimeout, int share) {

  /**
   * Half of what there is, so that the other half is free for calls that are answered.
   *
   * @param maxWaiting how many requests may wait for an answer
   */
  public static CallLimits of(HttpSettings http, int maxWaiting) {
    int places = Math.min(http.maxConnections(), maxWaiting);
    return new CallLimits(http.overallTimeout(), Math.max(1, places / 2));
  }
}
