/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;

/**
 * A file open for appending lines in UTF-8. Lines go in together or not at all: what a full disk
 * let in is taken back, and where that fails the next line begins on a line of its own. For one
 * thread at a time.
 */
final class LineFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private final BasicFileAttributes identity;
  private boolean endsWithinLine;

  private LineFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.identity = Files.readAttributes(path, BasicFileAttributes.class);
    this.endsWithinLine = endsWithinLine(path);
  }

  static LineFile open(Path path) throws IOException {
    FileChannel channel = OwnerOnly.appendTo(path);
    try {
      return new LineFile(path, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether the path leads elsewhere by now, or the channel was closed by an interrupted write. */
  boolean isGone() throws IOException {
    return !channel.isOpen() || !Files.exists(path) || !isSameFile();
  }

  boolean isEmpty() throws IOException {
    return channel.size() == 0;
  }

  /** Appends lines and a line break after each. */
  void append(List<String> lines) throws IOException {
    String text = String.join("\n", lines) + "\n";
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(endsWithinLine ? "\n" + text : text);
    long size = channel.size();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      endsWithinLine = false;
    } catch (IOException e) {
      takeBack(size, e);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void takeBack(long size, IOException cause) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      endsWithinLine = true;
      cause.addSuppressed(e);
    }
  }

  private boolean isSameFile() throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return Objects.equals(key, identity.fileKey());
  }

  private static boolean endsWithinLine(Path path) throws IOException {
    try (SeekableByteChannel reader = Files.newByteChannel(path)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return reader.size() > 0
          && reader.position(reader.size() - 1).read(last) == 1
          && last.get(0) != '\n';
    }
  }
}
