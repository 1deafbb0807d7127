/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditSink;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PlugInClass;
import dev.portcullis.config.UnusableClassException;
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
    warnOfIdle(names);
    List<DeclaredSink> sinks = new ArrayList<>();
    for (String name : names) {
      declared(name, file, loggerName).ifPresent(sinks::add);
    }
    return sinks;
  }

  private void warnOfIdle(List<String> names) {
    if (reader.isSet(FILE) && !names.contains("file")) {
      reader.warn(FILE, "has no effect unless audit.sinks names file.");
    }
    if (reader.isSet(LOGGER_NAME) && !names.contains("log")) {
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
    if (file.isEmpty() && !reader.isFaulty(FILE)) {
      reader.problem(FILE, "is required when audit.sinks names file.");
    }
    try {
      return file.map(Path::of).map(DeclaredSink.File::new);
    } catch (InvalidPathException e) {
      reader.problem(FILE, "is not a valid path.");
      return Optional.empty();
    }
  }

  /**
   * The class is the one that the sink's own setting names, or the item itself is its full name.
   */
  private Optional<DeclaredSink> custom(String name) {
    String key = "audit." + name + ".class";
    Optional<String> className = reader.string(key);
    Map<String, String> settings = new HashMap<>(reader.below("audit." + name + "."));
    settings.remove("class");
    if (className.isPresent()) {
      return custom(name, key, className.get(), settings);
    }
    if (name.indexOf('.') > 0) {
      return custom(name, SINKS, name, settings);
    }
    if (!reader.isFaulty(key)) {
      reader.problem(
          SINKS, "'" + name + "' is none of log, file, none, and " + key + " is not set.");
    }
    return Optional.empty();
  }

  private Optional<DeclaredSink> custom(
      String name, String key, String className, Map<String, String> settings) {
    try {
      var constructor = PlugInClass.constructor(className, AuditSink.class);
      return Optional.of(new DeclaredSink.Custom(name, key, constructor, settings));
    } catch (UnusableClassException e) {
      reader.problem(key, e.text());
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
