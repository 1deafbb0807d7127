/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.manual;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sources of the applications in frameworks that integration tests start: what stands in the
 * manual of these is compiled and run there.
 */
final class ApplicationSource {

  private static final Path APPLICATIONS = Page.PROJECT.resolve("src/it/applications");
  private static final Pattern HEAD =
      Pattern.compile("\\A.*?\\npackage [\\w.]+;\\s+", Pattern.DOTALL);

  private ApplicationSource() {}

  /** All of them, without licence and package. */
  static Set<String> all() throws IOException {
    try (Stream<Path> files = Files.walk(APPLICATIONS)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ApplicationSource::body)
          .collect(toUnmodifiableSet());
    }
  }

  private static String body(Path file) {
    try {
      return HEAD.matcher(Files.readString(file)).replaceFirst("").strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
