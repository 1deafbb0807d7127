/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.lang.System.Logger.Level;

/**
 * A document that the authorization server publishes could not be had. Its message says why and
 * holds nothing of the document. Has no stack trace.
 */
public final class DocumentException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String setting;
  private final Level level;

  /**
   * Makes the exception about a document that is here but cannot be used.
   *
   * @param problem why, without a full stop
   * @param setting key of the setting to look at
   */
  public DocumentException(String problem, String setting) {
    this(problem, setting, Level.ERROR);
  }

  DocumentException(String problem, String setting, Level level) {
    super(problem, null, false, false);
    this.setting = setting;
    this.level = level;
  }

  /** Why, without a full stop. */
  public String problem() {
    return String.valueOf(getMessage());
  }

  /** How grave it is: worse where time alone will not mend it. */
  public Level level() {
    return level;
  }

  /** Key of the setting to look at. */
  public String setting() {
    return setting;
  }
}
