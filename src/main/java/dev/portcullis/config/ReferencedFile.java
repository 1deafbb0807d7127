/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A file that a placeholder names, such as a mounted secret. */
final class ReferencedFile {

  private static final int LARGEST = 1 << 20;

  private ReferencedFile() {}

  /**
   * The content without one trailing line break; nothing if the path is not absolute, or the file
   * is not there, not readable, not UTF-8 or larger than 1 MiB.
   */
  static Optional<String> read(String name) {
    try {
      Path path = Path.of(name);
      return path.isAbsolute() ? content(path) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> content(Path path) throws IOException {
    byte[] bytes;
    try (InputStream file = Files.newInputStream(path)) {
      bytes = file.readNBytes(LARGEST + 1);
    }
    if (bytes.length > LARGEST) {
      return Optional.empty();
    }
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return Optional.of(withoutLineBreak(text));
  }

  private static String withoutLineBreak(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") || text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
