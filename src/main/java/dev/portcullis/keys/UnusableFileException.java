/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

/** A file does not hold what a setting says it does. Names the file, never its content. */
public final class UnusableFileException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String key;
  private final String problem;

  UnusableFileException(String key, String problem) {
    super(key + ": " + problem, null, false, false);
    this.key = key;
    this.problem = problem;
  }

  /** Key of the setting that names the file. */
  public String key() {
    return key;
  }

  /** What is wrong, a sentence. */
  public String problem() {
    return problem;
  }
}
