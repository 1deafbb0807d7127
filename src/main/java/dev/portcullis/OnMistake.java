/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.config.ConfigReader;
import jakarta.servlet.FilterConfig;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a start ends that fails: {@code config.on-mistake}. */
enum OnMistake {
  /** As {@link #FAIL} where the container is known to serve nothing then, else {@link #REFUSE}. */
  AUTO,

  /** In an exception for the container. */
  FAIL,

  /** In a filter that refuses every request. */
  REFUSE;

  private static final String KEY = "config.on-mistake";

  /** What is to be said of {@link #FAIL} in any other container. */
  static final String FAIL_IS_UNSAFE =
      KEY + ": is fail, and this container may serve the application without the filter.";

  /** Makes the setting known, and notes a value that is none. */
  static OnMistake read(ConfigReader config) {
    return config.choice(KEY, AUTO);
  }

  /**
   * What is set, when all that is known is that the filter cannot start with these settings: the
   * init-param, else what the properties file says if it can be read.
   */
  static OnMistake of(FilterConfig config) {
    try {
      Optional<OnMistake> own = named(config.getInitParameter(KEY));
      return own.isPresent() ? own.get() : read(new ConfigReader(InitParameters.sources(config)));
    } catch (RuntimeException | Error e) {
      return AUTO; // what cannot be read may be what keeps the filter from starting
    }
  }

  private static Optional<OnMistake> named(@Nullable String name) {
    return Stream.of(values())
        .filter(each -> name != null && each.name().equalsIgnoreCase(name.strip()))
        .findFirst();
  }
}
