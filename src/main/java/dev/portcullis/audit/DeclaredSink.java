/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditSink;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Map;

/** One item of {@code audit.sinks}. */
sealed interface DeclaredSink {

  /** The item as it stands in the list. */
  String name();

  /** The sink {@code log}. */
  record Log(String loggerName) implements DeclaredSink {

    @Override
    public String name() {
      return "log";
    }
  }

  /** The sink {@code file}. */
  record File(Path file) implements DeclaredSink {

    @Override
    public String name() {
      return "file";
    }
  }

  /**
   * A class of the application's.
   *
   * @param name its name in the list
   * @param key the setting that names the class
   * @param constructor how it is made
   * @param settings what it is given; not printed, there may be secrets in it
   */
  record Custom(
      String name,
      String key,
      Constructor<? extends AuditSink> constructor,
      Map<String, String> settings)
      implements DeclaredSink {

    public Custom {
      settings = Map.copyOf(settings);
    }

    @Override
    public String toString() {
      return "Custom[" + name + ", " + constructor.getDeclaringClass().getName() + "]";
    }
  }
}
