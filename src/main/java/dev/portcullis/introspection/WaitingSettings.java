/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.config.ConfigReader;

/**
 * How many requests may wait for the authorization server at a time, each on a thread of the
 * container's.
 *
 * @param asking those that ask it
 * @param following those that wait for the answer to a question that another one asked
 */
public record WaitingSettings(int asking, int following) {

  static final String MAX_WAITING = "http.max-waiting";
  static final String MAX_FOLLOWING = "http.max-following";

  /** Reads the settings. */
  public static WaitingSettings read(ConfigReader config) {
    return new WaitingSettings(
        config.integer(MAX_WAITING, 64, 1, 10_000),
        config.integer(MAX_FOLLOWING, 1000, 1, 100_000));
  }
}
