/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.api;

import java.util.Objects;

/**
 * A value that must not be seen: a client secret, a password, a key. It never prints itself; the
 * only way to its text is {@link #reveal()}, so that every use can be found. Immutable.
 */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Wraps a secret.
   *
   * @param value the text, not empty
   * @throws IllegalArgumentException if the text is empty
   */
  public static Secret of(String value) {
    if (Objects.requireNonNull(value, "value").isEmpty()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
    return new Secret(value);
  }

  /** The text itself. To be handed to the party it is meant for, and to nothing else. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "********";
  }
}
