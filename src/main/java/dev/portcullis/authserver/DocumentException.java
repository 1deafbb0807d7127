/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

/**
 * A document that the authorization server publishes could not be had. Its message says why and
 * holds nothing of the document. Has no stack trace.
 */
public final class DocumentException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String setting;

  /**
   * Makes the exception.
   *
   * @param problem why, without a full stop
   * @param setting key of the setting to look at
   */
  public DocumentException(String problem, String setting) {
    super(problem, null, false, false);
    this.setting = setting;
  }

  /** Why, without a full stop. */
  public String problem() {
    return String.valueOf(getMessage());
  }

  /** Key of the setting to look at. */
  public String setting() {
    return setting;
  }
}
