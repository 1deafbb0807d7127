/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What reading has brought to light, in the order in which it did, everything once. */
final class Findings {

  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> faulty = new LinkedHashSet<>();

  /** Notes a mistake in a setting. */
  void problem(String key, String text) {
    faulty.add(key);
    problems.add(line(key + ": " + text));
  }

  /** Notes that a setting is missing, if it does not stand where nothing could be read. */
  void suspect(String key) {
    faulty.add(key);
  }

  /** Notes mistakes that belong to no setting that is known. */
  void problems(Collection<String> lines) {
    lines.forEach(line -> problems.add(line(line)));
  }

  /** Notes what deserves attention. */
  void warnings(Collection<String> lines) {
    lines.forEach(line -> warnings.add(line(line)));
  }

  boolean isFaulty(String key) {
    return faulty.contains(key);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Keys and parts of values come from files, but a finding is one line. */
  private static String line(String text) {
    return text.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
  }
}
