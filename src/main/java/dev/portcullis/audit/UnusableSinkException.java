/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

/** A class that the settings name cannot be an audit sink. */
final class UnusableSinkException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String text;

  /**
   * Makes the exception.
   *
   * @param text what is wrong, for the deployer
   */
  UnusableSinkException(String text) {
    super(text);
    this.text = text;
  }

  /** What is wrong, for the deployer. */
  String text() {
    return text;
  }
}
