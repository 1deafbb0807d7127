/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

/** A class that a setting names cannot be what it is named for. */
public final class UnusableClassException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String text;

  /**
   * Makes the exception.
   *
   * @param text what is wrong, for the deployer
   */
  UnusableClassException(String text) {
    super(text);
    this.text = text;
  }

  /** What is wrong, for the deployer. */
  public String text() {
    return text;
  }
}
