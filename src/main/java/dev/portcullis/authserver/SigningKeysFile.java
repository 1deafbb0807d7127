/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A file with signing keys that several nodes may share: replaced as a whole, and changed only by
 * the holder of a lock on a hidden file beside it, {@code .<file>.lock}. Only its owner may read
 * it. Immutable.
 */
record SigningKeysFile(Path path) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_AGAIN_MILLIS = 20;
  private static final int LARGEST = 1 << 20;

  /** The keys in it, or new ones if there is no such file yet. */
  KeyGenerations open(Supplier<KeyGenerations> fresh) throws IOException {
    FileChannel lock = lock();
    try {
      if (Files.exists(path)) {
        return read();
      }
      KeyGenerations made = fresh.get();
      write(made);
      return made;
    } finally {
      lock.close();
    }
  }

  /** Puts other keys in the place of those that are in it now. */
  KeyGenerations change(UnaryOperator<KeyGenerations> change) throws IOException {
    FileChannel lock = lock();
    try {
      KeyGenerations present = read();
      KeyGenerations changed = change.apply(present);
      if (!changed.equals(present)) {
        write(changed);
      }
      return changed;
    } finally {
      lock.close();
    }
  }

  /** The keys in it. */
  KeyGenerations read() throws IOException {
    if (Files.size(path) > LARGEST) {
      throw new IOException("too large");
    }
    return KeyGenerations.parse(Files.readString(path, UTF_8))
        .orElseThrow(() -> new IOException("holds no signing keys"));
  }

  /** Differs after every change. */
  String stamp() throws IOException {
    BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
    return file.lastModifiedTime() + " " + file.size() + " " + file.fileKey();
  }

  private void write(KeyGenerations keys) throws IOException {
    Path draft = beside(".new");
    Files.deleteIfExists(draft);
    try (FileChannel file = ownerOnly(draft, CREATE_NEW, WRITE)) {
      ByteBuffer content = ByteBuffer.wrap(keys.toPrivateJson().getBytes(UTF_8));
      while (content.hasRemaining()) {
        file.write(content);
      }
      file.force(true);
    }
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The lock goes with the channel. */
  private FileChannel lock() throws IOException {
    FileChannel channel = ownerOnly(beside(".lock"), CREATE, WRITE);
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (tryLock(channel).isEmpty()) {
        if (System.nanoTime() - end > 0) {
          throw new IOException("is locked by another node");
        }
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
      return channel;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      channel.close();
      throw new IOException("interrupted");
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // another filter of this virtual machine has it
    }
  }

  private Path beside(String ending) throws IOException {
    Path name = path.getFileName();
    if (name == null) {
      throw new NoSuchFileException(path.toString());
    }
    return path.resolveSibling("." + name + ending);
  }

  private static FileChannel ownerOnly(Path file, OpenOption... options) throws IOException {
    FileAttribute<?>[] permissions =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return FileChannel.open(file, Set.of(options), permissions);
  }
}
