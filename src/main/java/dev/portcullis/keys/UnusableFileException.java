/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import dev.portcullis.config.RenewableSecret;
import java.util.Optional;

/** A file does not hold what a setting says it does. Names the file, never its content. */
public final class UnusableFileException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String key;
  private final String problem;

  /**
   * Makes the exception.
   *
   * @param problem what is wrong, a sentence without any content
   */
  public UnusableFileException(String key, String problem) {
    super(key + ": " + problem, null, false, false);
    this.key = key;
    this.problem = problem;
  }

  /**
   * Reads a secret anew.
   *
   * @throws UnusableFileException if it cannot be; then it is as before
   */
  public static void reread(RenewableSecret secret) throws UnusableFileException {
    String problem = secret.reread();
    if (!problem.isEmpty()) {
      throw new UnusableFileException(secret.key(), problem);
    }
  }

  /** The same, if there is one. */
  static void reread(Optional<RenewableSecret> secret) throws UnusableFileException {
    if (secret.isPresent()) {
      reread(secret.get());
    }
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
