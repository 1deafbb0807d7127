/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A file beside the tests that says what is right, line by line. Lines that begin with {@code #}
 * are remarks.
 */
public final class Golden {

  private final String name;
  private final List<String> lines;

  private Golden(String name, List<String> lines) {
    this.name = name;
    this.lines = lines;
  }

  /** The file of that name. */
  public static Golden of(String name) {
    return new Golden(name, lines(name).stream().filter(line -> !line.isEmpty()).toList());
  }

  /** The paragraphs of a file, which empty lines part. */
  public static List<List<String>> paragraphs(String name) {
    List<List<String>> paragraphs = new ArrayList<>();
    List<String> current = new ArrayList<>();
    for (String line : lines(name)) {
      if (!line.isEmpty()) {
        current.add(line);
      } else if (!current.isEmpty()) {
        paragraphs.add(List.copyOf(current));
        current.clear();
      }
    }
    if (!current.isEmpty()) {
      paragraphs.add(List.copyOf(current));
    }
    return paragraphs;
  }

  /** Fails unless these are the lines of the file, and then shows those that differ. */
  public void assertSame(List<String> actual) {
    Set<String> difference = new LinkedHashSet<>();
    lines.stream()
        .filter(line -> !actual.contains(line))
        .map(line -> "- " + line)
        .forEach(difference::add);
    actual.stream()
        .filter(line -> !lines.contains(line))
        .map(line -> "+ " + line)
        .forEach(difference::add);
    if (!difference.isEmpty()) {
      throw new AssertionError(name + " differs:\n" + String.join("\n", difference));
    }
    assertEquals(lines, actual, name + " has another order");
  }

  private static List<String> lines(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/" + name)) {
      String text = new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
      return text.lines().map(String::stripTrailing).filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
