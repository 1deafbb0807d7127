/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a container tells of an application when it is asked. Servers answer with null, or throw,
 * where the servlet API does not let them; what is asked here is for the log, or for a warning.
 */
final class Told {

  private Told() {}

  /** The answer, if there is one. */
  static <T> Optional<T> by(Supplier<? extends @Nullable T> question) {
    try {
      return Optional.ofNullable(question.get());
    } catch (RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }
}
