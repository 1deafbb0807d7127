/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.manual;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages that the settings page quotes stand in the code, letter for letter. */
class MessagesTest {

  /** What the code puts in, or puts together of two texts. */
  private static final Pattern SEAM =
      Pattern.compile(
          "<[a-z ]+>|audit\\.<name>\\.class|dev\\.portcullis\\.\\S+|' is not | that this Java|'");

  @Test
  void quotedMessages_standInTheCode() throws IOException {
    String literals = literals();
    List<String> messages = messages().toList();

    List<String> missing =
        messages.stream()
            .flatMap(message -> SEAM.splitAsStream(message.replaceFirst("^[^ ]+: ", "")))
            .map(part -> part.strip().replaceFirst("\\.$", ""))
            .filter(part -> !literals.contains(part))
            .toList();

    assertFalse(messages.isEmpty());
    assertEquals(List.of(), missing);
  }

  private static Stream<String> messages() {
    Page page = Page.of("settings.md");
    Stream<String> listed =
        page.blocks("text").stream()
            .filter(block -> !block.startsWith("Filter '"))
            .flatMap(String::lines);
    Stream<String> single =
        page.prose().stream()
            .filter(line -> line.startsWith("Mistake: "))
            .map(line -> Page.codeIn(line).get(0));
    return Stream.concat(listed, single);
  }

  /** All sources, with texts that run over several lines put together. */
  private static String literals() throws IOException {
    try (Stream<Path> files = Files.walk(Page.PROJECT.resolve("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(MessagesTest::source)
          .collect(joining())
          .replaceAll("\"\\s*\\+\\s*\"", "")
          .replace("\\\"", "\"")
          .replace("\\\\", "\\");
    }
  }

  private static String source(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
