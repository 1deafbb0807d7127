/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces {@code ${env:NAME}}, {@code ${sys:name}} and {@code ${file:/path}} in a value. A doubled
 * dollar sign before the brace stands for a literal one. What a placeholder stands for is not
 * looked through again.
 *
 * @param kinds by the word before the colon, how the rest of a placeholder is looked up
 */
record Placeholders(Map<String, Function<String, Optional<String>>> kinds) {

  private static final String OPEN = "${";
  private static final String LITERAL = "$${";
  private static final Pattern FILE = Pattern.compile("(?<!\\$)\\$\\{file:([^}]+)}");

  /** What the environment, the system properties and the file system have. */
  static Placeholders ofThisMachine() {
    return new Placeholders(
        Map.of(
            "env", name -> Optional.ofNullable(System.getenv(name)),
            "sys", name -> Optional.ofNullable(System.getProperty(name)),
            "file", ReferencedFile::read));
  }

  /** The paths in all placeholders of a value that stand for the content of a file. */
  static List<Path> files(String value) {
    return FILE.matcher(value).results().flatMap(found -> path(found.group(1))).toList();
  }

  private static Stream<Path> path(String name) {
    try {
      return Stream.of(Path.of(name));
    } catch (InvalidPathException e) {
      return Stream.empty(); // cannot be resolved either, which is told there
    }
  }

  /**
   * Resolves all placeholders of a value.
   *
   * @param confidential whether the value must not be seen: then a part of it that only looks like
   *     a placeholder is not shown in the message
   * @throws UnreadableValueException if one has no value
   */
  String resolve(String value, boolean confidential) throws UnreadableValueException {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < value.length()) {
      if (value.startsWith(LITERAL, at)) {
        out.append(OPEN);
        at += LITERAL.length();
      } else if (value.startsWith(OPEN, at)) {
        int end = value.indexOf('}', at) + 1;
        String placeholder = value.substring(at, end == 0 ? value.length() : end);
        out.append(lookUp(placeholder, confidential));
        at += placeholder.length();
      } else {
        out.append(value.charAt(at++));
      }
    }
    return out.toString();
  }

  private String lookUp(String placeholder, boolean confidential) throws UnreadableValueException {
    int colon = placeholder.indexOf(':');
    String kind = colon < 0 ? "" : placeholder.substring(OPEN.length(), colon);
    if (!placeholder.endsWith("}") || !kinds.containsKey(kind)) {
      throw unresolved(confidential ? "${...}" : placeholder);
    }
    String name = placeholder.substring(colon + 1, placeholder.length() - 1);
    if (name.isEmpty()) {
      throw unresolved(placeholder);
    }
    return kinds.get(kind).apply(name).orElseThrow(() -> unresolved(placeholder));
  }

  private static UnreadableValueException unresolved(String placeholder) {
    return new UnreadableValueException("cannot resolve '" + placeholder + "'.");
  }
}
