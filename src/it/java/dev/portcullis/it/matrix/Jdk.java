/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a Java for a server: the one of the build, or if that is too old another one. */
final class Jdk {

  /** Names the home of a newer Java than that of the build. */
  static final String PROPERTY = "java25.home";

  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

  private Jdk() {}

  /** Home of a Java that is no older; nothing if none is found. */
  static Optional<Path> atLeast(int version) {
    Path own = Path.of(System.getProperty("java.home"));
    String named = System.getProperty(PROPERTY, "");
    Stream<Path> others = named.isEmpty() ? besides(own) : Stream.of(Path.of(named));
    return Stream.concat(Stream.of(own), others)
        .filter(home -> version(home) >= version)
        .findFirst();
  }

  private static Stream<Path> besides(Path home) {
    try (Stream<Path> homes = Files.list(home.toRealPath().getParent())) {
      return homes.sorted().toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static int version(Path home) {
    try {
      Matcher found = VERSION.matcher(Files.readString(home.resolve("release")));
      return found.find() ? Integer.parseInt(found.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
