/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

/** The authorization server has to be asked. Whoever holds this decides on which thread to wait. */
public final class Pending implements Answer {

  /** What is left to be done. */
  @FunctionalInterface
  interface Rest {
    Decision finish();
  }

  private final Rest rest;

  Pending(Rest rest) {
    this.rest = rest;
  }

  /**
   * Asks, waits, decides. To be called once. Waits no longer than {@code http.overall-timeout}, and
   * not at all when too many wait already.
   */
  public Decision await() {
    return rest.finish();
  }
}
