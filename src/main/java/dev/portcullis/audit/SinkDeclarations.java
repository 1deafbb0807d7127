/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.config.ConfigReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code audit.sinks} and the settings that belong to each sink. */
final class SinkDeclarations {

  private static final String SINKS = "audit.sinks";
  private static final String FILE = "audit.file";
  private static final String LOGGER_NAME = "audit.logger-name";
  private static final String DEFAULT_LOGGER = "oauth.audit";

  private final ConfigReader reader;

  SinkDeclarations(ConfigReader reader) {
    this.reader = reader;
  }

  /** The sinks that have no mistakes, in the order of the list. */
  List<DeclaredSink> read() {
    List<String> items = reader.list(SINKS, List.of("log"));
    Optional<String> file = reader.string(FILE);
    String loggerName = reader.string(LOGGER_NAME, DEFAULT_LOGGER);
    List<String> names = items.stream().map(SinkDeclarations::name).distinct().toList();
    if (names.contains("none") && names.size() > 1) {
      reader.problem(SINKS, "none cannot be combined with other sinks.");
    }
    warnOfIdle(names, file, loggerName);
    List<DeclaredSink> sinks = new ArrayList<>();
    for (String name : names) {
      declared(name, file, loggerName).ifPresent(sinks::add);
    }
    return sinks;
  }

  private void warnOfIdle(List<String> names, Optional<String> file, String loggerName) {
    if (file.isPresent() && !names.contains("file")) {
      reader.warn(FILE, "has no effect unless audit.sinks names file.");
    }
    if (!loggerName.equals(DEFAULT_LOGGER) && !names.contains("log")) {
      reader.warn(LOGGER_NAME, "has no effect unless audit.sinks names log.");
    }
  }

  private Optional<? extends DeclaredSink> declared(
      String name, Optional<String> file, String loggerName) {
    return switch (name) {
      case "none" -> Optional.empty();
      case "log" -> Optional.of(new DeclaredSink.Log(loggerName));
      case "file" -> file(file);
      case "jdbc" -> {
        reader.problem(SINKS, "jdbc is not available in this version.");
        yield Optional.empty();
      }
      default -> custom(name);
    };
  }

  private Optional<DeclaredSink> file(Optional<String> file) {
    if (file.isEmpty()) {
      reader.problem(FILE, "is required when audit.sinks names file.");
      return Optional.empty();
    }
    try {
      return Optional.of(new DeclaredSink.File(Path.of(file.get())));
    } catch (InvalidPathException e) {
      reader.problem(FILE, "is not a valid path.");
      return Optional.empty();
    }
  }

  private Optional<DeclaredSink> custom(String name) {
    Map<String, String> settings = new HashMap<>(reader.below("audit." + name + "."));
    Optional<String> className = Optional.ofNullable(settings.remove("class"));
    boolean isClass = className.isEmpty() && name.indexOf('.') > 0;
    if (className.isEmpty() && !isClass) {
      reader.problem(
          SINKS,
          "'" + name + "' is none of log, file, none, and audit." + name + ".class is not set.");
      return Optional.empty();
    }
    String key = isClass ? SINKS : "audit." + name + ".class";
    try {
      var constructor = SinkClass.constructor(className.orElse(name));
      return Optional.of(new DeclaredSink.Custom(name, key, constructor, settings));
    } catch (ClassNotFoundException e) {
      reader.problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * The sinks of this product are recognised in any case, the names of others are left as they are.
   */
  private static String name(String item) {
    String lower = item.toLowerCase(Locale.ROOT);
    return List.of("log", "file", "jdbc", "none").contains(lower) ? lower : item;
  }
}
