/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.util.List;

/** The settings have mistakes: all of them, one line each, {@code <key>: <text>}. */
public final class InvalidConfigurationException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Makes the exception of all problems found. */
  public InvalidConfigurationException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems, in the order in which they were found. */
  public List<String> problems() {
    return problems;
  }
}
