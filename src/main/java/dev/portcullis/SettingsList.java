/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertiesFile;
import dev.portcullis.config.PropertySource;
import dev.portcullis.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All settings as a properties file in which every line is a comment. */
final class SettingsList {

  /** One of each group, so that the settings of its members are read. */
  private static final Map<String, String> MEMBERS =
      Map.of(
          "audit.sinks", "name",
          "audit.name.class", "your.AuditSink",
          "dpop.replay-store", "your.ReplayStore",
          "key-pair.name.alias", "name",
          "rule.name.paths", "/*",
          "trust.name.use-java-trust-store", "true");

  private SettingsList() {}

  /** Prints it, in the order in which the filter reads. */
  static void print(Consumer<String> out) {
    out.accept(
        "# Every setting with its default; remove the # of those you set. In a key, \"name\"");
    out.accept("# stands for a name of yours, and * for the settings of a class of yours.");
    for (Setting setting : settings()) {
      String allowed = setting.allowed().isEmpty() ? "" : ": " + setting.allowed();
      out.accept("");
      out.accept("# " + setting.type() + allowed);
      out.accept("#" + setting.key() + "=" + setting.fallback());
    }
  }

  private static List<Setting> settings() {
    ConfigReader reader = new ConfigReader(List.of(PropertySource.of(MEMBERS)));
    try {
      FilterSettings.read(reader);
    } catch (InvalidConfigurationException e) {
      // What is required is not set, of course; all is read before that is said.
    }
    return reader.settings().stream()
        .filter(setting -> !setting.key().equals(PropertiesFile.KEY)) // it cannot stand in a file
        .toList();
  }
}
