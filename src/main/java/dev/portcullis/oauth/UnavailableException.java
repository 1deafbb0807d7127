/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import dev.portcullis.api.Reason;
import java.time.Duration;

/**
 * No decision could be reached, and the request is not to blame. Answered with 503 and {@code
 * Retry-After}. Has no stack trace; what went wrong was logged where it happened.
 */
public final class UnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final Duration retryAfter;
  private final String setting;

  /**
   * Makes the exception.
   *
   * @param reason the reason for the operator
   * @param retryAfter when to come again, at least a second when told to the caller
   * @param setting key of the setting to look at, empty if none
   */
  public UnavailableException(Reason reason, Duration retryAfter, String setting) {
    super(reason.code(), null, false, false);
    this.reason = reason;
    this.retryAfter = retryAfter;
    this.setting = setting;
  }

  /** The reason for the operator. */
  public Reason reason() {
    return reason;
  }

  /** When to come again. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** Key of the setting to look at, or empty. */
  public String setting() {
    return setting;
  }
}
