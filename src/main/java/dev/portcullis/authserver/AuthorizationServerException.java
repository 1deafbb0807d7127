/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.time.Duration;

/**
 * The authorization server gave no answer that could be read. Has no stack trace; what went wrong
 * was logged where it happened.
 */
public final class AuthorizationServerException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What it failed by. */
  public enum Kind {
    /** No target answered. */
    UNAVAILABLE,
    /** A target answered with something that is not an answer. */
    BAD_RESPONSE,
    /** The credentials of this client were refused. */
    REJECTED_CLIENT
  }

  private final Kind kind;
  private final Duration retryAfter;
  private final String setting;

  /**
   * Makes the exception.
   *
   * @param retryAfter when to come again, at least a second
   * @param setting key of the setting to look at
   */
  public AuthorizationServerException(Kind kind, Duration retryAfter, String setting) {
    super(kind + " (" + setting + ")", null, false, false);
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.setting = setting;
  }

  /** What it failed by. */
  public Kind kind() {
    return kind;
  }

  /** When to come again, at least a second. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** Key of the setting to look at. */
  public String setting() {
    return setting;
  }
}
