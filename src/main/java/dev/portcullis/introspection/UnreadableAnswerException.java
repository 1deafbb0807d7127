/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

/**
 * Why what came back is no answer. Its message names the check that failed and holds nothing of
 * what came. Has no stack trace.
 */
final class UnreadableAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String setting;

  /**
   * Makes the exception.
   *
   * @param setting key of the setting to look at
   */
  UnreadableAnswerException(String problem, String setting) {
    super(problem, null, false, false);
    this.setting = setting;
  }

  /** The check that failed. */
  String problem() {
    return String.valueOf(getMessage());
  }

  /** Key of the setting to look at. */
  String setting() {
    return setting;
  }
}
