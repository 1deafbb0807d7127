/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.time.Duration;

/** One exchange gave no answer. Without stack trace: it is caught by the next but one method. */
final class AttemptFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final Duration rest;

  AttemptFailedException(Failure failure, Duration rest) {
    super(failure.text(), null, false, false);
    this.failure = failure;
    this.rest = rest;
  }

  Failure failure() {
    return failure;
  }

  /** The rest the target asks for; zero if it does not. */
  Duration rest() {
    return rest;
  }
}
