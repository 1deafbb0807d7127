/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The current audit file. Lines are appended to it until one comes that is dated a later day (UTC):
 * then it is renamed to {@code <file>.<date of the lines in it>} and a new one is begun. If it is
 * deleted or moved by someone else it is made again. Another application is kept away by a lock on
 * a hidden file beside it, {@code .<file>.lock}, which stays the same when the file does not. Safe
 * for use by several threads.
 */
final class AuditFile implements AutoCloseable {

  /**
   * A line to be written.
   *
   * @param time the time of the entry
   * @param text the entry, without a line break
   */
  record Line(Instant time, String text) {}

  private final Path path;
  private final FileChannel lock;
  private LineFile current;
  private LocalDate day;

  private AuditFile(Path path, FileChannel lock) throws IOException {
    this.path = path;
    this.lock = lock;
    this.current = LineFile.open(path);
    this.day = dayOf(lastModified());
  }

  /** The one name of a file however it is spelled; directories that are missing are made. */
  static Path place(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Path directory = absolute.getParent();
    if (directory == null) {
      throw new IOException(path + " is a directory");
    }
    OwnerOnly.createDirectories(directory);
    return directory.toRealPath().resolve(absolute.getFileName());
  }

  /**
   * Opens a file.
   *
   * @param place what {@link #place} made of its path
   * @throws FileInUseException if another application writes to it
   */
  static AuditFile open(Path place) throws IOException {
    FileChannel lock = lock(place);
    try {
      return new AuditFile(place, lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Appends lines, each to the file of its day. If this fails, some of them may have been written.
   */
  synchronized void append(List<Line> lines) throws IOException {
    int from = 0;
    for (int to = 1; to <= lines.size(); to++) {
      if (to == lines.size()
          || dayOf(lines.get(to).time()).isAfter(dayOf(lines.get(from).time()))) {
        appendOfOneDay(dayOf(lines.get(from).time()), lines.subList(from, to));
        from = to;
      }
    }
  }

  /** Leaves the day of the lines as the date of the file, for the next start to find. */
  @Override
  public synchronized void close() throws IOException {
    try (lock;
        LineFile last = current) {
      if (!last.isGone() && !last.isEmpty() && !day.equals(dayOf(lastModified()))) {
        Instant endOfDay = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1);
        Files.setLastModifiedTime(path, FileTime.from(endOfDay));
      }
    }
  }

  private void appendOfOneDay(LocalDate date, List<Line> lines) throws IOException {
    if (current.isGone()) {
      replace();
    }
    if (date.isAfter(day) && !current.isEmpty()) {
      current.close();
      Files.move(path, rotated());
      replace();
    }
    if (current.isEmpty()) {
      day = date;
    }
    current.append(lines.stream().map(Line::text).toList());
  }

  private void replace() throws IOException {
    current.close();
    current = LineFile.open(path);
  }

  /** A name that is still free: nothing that was recorded is ever overwritten. */
  private Path rotated() {
    Path rotated = path.resolveSibling(path.getFileName() + "." + day);
    for (int i = 1; Files.exists(rotated); i++) {
      rotated = path.resolveSibling(path.getFileName() + "." + day + "." + i);
    }
    return rotated;
  }

  private Instant lastModified() throws IOException {
    return Files.getLastModifiedTime(path).toInstant();
  }

  private static LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** Within one virtual machine the second attempt fails by exception, elsewhere without a lock. */
  private static FileChannel lock(Path place) throws IOException {
    FileChannel channel =
        OwnerOnly.writeTo(place.resolveSibling("." + place.getFileName() + ".lock"));
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new FileInUseException(place, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new FileInUseException(place);
  }
}
