/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.testing.TestingApplication;
import java.util.List;

/** What keeps an application from starting. */
final class StartProblems {

  private StartProblems() {}

  /** The lines of the message, sorted. */
  static List<String> of(TestingApplication.Builder builder) {
    Throwable fault = assertThrows(Exception.class, () -> builder.start().close());
    while (fault.getCause() != null) {
      fault = fault.getCause();
    }
    return String.valueOf(fault.getMessage()).lines().sorted().toList();
  }
}
