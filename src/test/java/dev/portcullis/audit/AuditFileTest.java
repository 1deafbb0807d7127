/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditFileTest {

  private static final Instant MIDNIGHT = Instant.parse("2026-11-24T00:00:00Z");
  private static final Instant JUST_BEFORE = MIDNIGHT.minusMillis(1);

  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void choosePath() throws Exception {
    path = AuditFile.place(directory.resolve("audit.json"));
  }

  @Test
  void lines_areAppendedInUtf8() throws Exception {
    Files.writeString(path, "old\n");
    try (AuditFile file = AuditFile.open(path)) {
      append(file, Instant.now(), "grün €");
      append(file, Instant.now(), "b", "c");
    }
    assertEquals("old\ngrün €\nb\nc\n", Files.readString(path, StandardCharsets.UTF_8));
  }

  @Test
  void lineAtMidnight_beginsNewFile() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      append(file, JUST_BEFORE, "yesterday");
      append(file, MIDNIGHT, "today");
    }
    assertEquals("yesterday\n", Files.readString(directory.resolve("audit.json.2026-11-23")));
    assertEquals("today\n", Files.readString(path));
  }

  @Test
  void linesOfTwoDaysAtOnce_goToTheirFiles() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      file.append(
          List.of(
              new AuditFile.Line(JUST_BEFORE.minusSeconds(9), "a"),
              new AuditFile.Line(JUST_BEFORE, "b"),
              new AuditFile.Line(MIDNIGHT, "c"),
              new AuditFile.Line(MIDNIGHT.plusSeconds(9), "d")));
    }
    assertEquals("a\nb\n", Files.readString(directory.resolve("audit.json.2026-11-23")));
    assertEquals("c\nd\n", Files.readString(path));
  }

  @Test
  void lateLineOfDayBefore_staysInCurrentFile() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      append(file, MIDNIGHT, "today");
      append(file, JUST_BEFORE, "late");
      append(file, MIDNIGHT, "today too");
    }
    assertEquals("today\nlate\ntoday too\n", Files.readString(path));
  }

  @Test
  void daysWithoutLines_leaveNoFiles() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      append(file, JUST_BEFORE.minus(Duration.ofDays(5)), "old");
      append(file, MIDNIGHT, "new");
    }
    assertEquals(List.of("audit.json", "audit.json.2026-11-18"), names());
  }

  @Test
  void restartOnLaterDay_rotatesUnderDateOfEntries() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      append(file, JUST_BEFORE, "before");
    }
    try (AuditFile file = AuditFile.open(path)) {
      append(file, MIDNIGHT.plus(Duration.ofDays(3)), "after");
    }
    assertEquals("before\n", Files.readString(directory.resolve("audit.json.2026-11-23")));
    assertEquals("after\n", Files.readString(path));
  }

  @Test
  void restartOnSameDay_appends() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      append(file, MIDNIGHT, "before");
    }
    try (AuditFile file = AuditFile.open(path)) {
      append(file, MIDNIGHT.plusSeconds(86_399), "after");
    }
    assertEquals("before\nafter\n", Files.readString(path));
  }

  @Test
  void restartAfterCrash_rotatesUnderDateOfLastChange() throws Exception {
    Files.writeString(path, "before\n");
    Files.setLastModifiedTime(path, FileTime.from(JUST_BEFORE));
    try (AuditFile file = AuditFile.open(path)) {
      append(file, MIDNIGHT, "after");
    }
    assertEquals("before\n", Files.readString(directory.resolve("audit.json.2026-11-23")));
  }

  @Test
  void rotatedFileThatExists_isNotOverwritten() throws Exception {
    Files.writeString(directory.resolve("audit.json.2026-11-23"), "first\n");
    Files.writeString(directory.resolve("audit.json.2026-11-23.1"), "second\n");
    try (AuditFile file = AuditFile.open(path)) {
      append(file, JUST_BEFORE, "third");
      append(file, MIDNIGHT, "today");
    }
    assertEquals("first\n", Files.readString(directory.resolve("audit.json.2026-11-23")));
    assertEquals("third\n", Files.readString(directory.resolve("audit.json.2026-11-23.2")));
  }

  @Test
  void lineTornByCrash_isEndedBeforeTheNext() throws Exception {
    Files.writeString(path, "whole\n{\"to");
    try (AuditFile file = AuditFile.open(path)) {
      append(file, Instant.now(), "next");
      append(file, Instant.now(), "last");
    }
    assertEquals("whole\n{\"to\nnext\nlast\n", Files.readString(path));
  }

  @Test
  void deletedFile_isMadeAgain() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      append(file, MIDNIGHT, "lost with the file");
      Files.delete(path);
      append(file, MIDNIGHT, "next");
    }
    assertEquals("next\n", Files.readString(path));
  }

  @Test
  void fileMovedByOthers_isLeftAlone() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      append(file, MIDNIGHT, "a");
      Files.move(path, directory.resolve("taken"));
      Files.writeString(path, "");
      append(file, MIDNIGHT, "b");
    }
    assertEquals("a\n", Files.readString(directory.resolve("taken")));
    assertEquals("b\n", Files.readString(path));
  }

  @Test
  void fileThatCannotBeOpened_throwsUntilItCan() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      Files.delete(path);
      Files.createDirectory(path);
      assertThrows(IOException.class, () -> append(file, MIDNIGHT, "lost"));
      assertThrows(IOException.class, () -> append(file, MIDNIGHT, "lost"));

      Files.delete(path);
      append(file, MIDNIGHT, "kept");
    }
    assertEquals("kept\n", Files.readString(path));
  }

  @Test
  void interruptedWrite_throwsAndTheNextOneWorks() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      append(file, MIDNIGHT, "a");
      Thread.currentThread().interrupt();
      assertThrows(IOException.class, () -> append(file, MIDNIGHT, "b"));
      assertTrue(Thread.interrupted());

      append(file, MIDNIGHT, "c");
    }
    assertEquals("a\nc\n", Files.readString(path));
  }

  @Test
  @DisplayName("LOG-04: disk full: it throws, and records again when there is room")
  void fullDisk_throwsUntilThereIsRoom() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "needs a device that is always full");
    Files.createSymbolicLink(path, Path.of("/dev/full"));
    try (AuditFile file = AuditFile.open(path)) {
      assertThrows(IOException.class, () -> append(file, MIDNIGHT, "lost"));
      assertThrows(IOException.class, () -> append(file, MIDNIGHT, "lost"));

      Files.delete(path);
      append(file, MIDNIGHT, "kept");
    }
    assertEquals("kept\n", Files.readString(path));
  }

  @Test
  void newFilesAndDirectories_areTheOwnersOnly() throws Exception {
    assumeTrue(isPosix(), "needs a file system with owners");
    Path deep = AuditFile.place(directory.resolve("a/b/audit.json"));
    try (AuditFile file = AuditFile.open(deep)) {
      append(file, JUST_BEFORE, "a");
      append(file, MIDNIGHT, "b");
    }
    for (String name : List.of("audit.json", "audit.json.2026-11-23", ".audit.json.lock")) {
      assertEquals("rw-------", permissions(deep.resolveSibling(name)), name);
    }
    assertEquals("rwx------", permissions(directory.resolve("a")));
    assertEquals("rwx------", permissions(directory.resolve("a/b")));
  }

  @Test
  void fileHeldWithinThisMachine_isInUse() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      append(file, MIDNIGHT, "a");
      assertThrows(FileInUseException.class, () -> new AuditFiles().acquire(path));
    }
  }

  @Test
  void fileHeldByAnotherProcess_isInUseUntilThatEnds() throws Exception {
    Process other = hold();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("holding " + path, output.readLine());
      assertThrows(FileInUseException.class, () -> AuditFile.open(path));

      other.getOutputStream().close();
      assertEquals(0, other.waitFor());
      AuditFile.open(path).close();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void rotatedFile_isStillHeld() throws Exception {
    try (AuditFile file = AuditFile.open(path)) {
      append(file, JUST_BEFORE, "a");
      append(file, MIDNIGHT, "b");
      assertThrows(FileInUseException.class, () -> AuditFile.open(path));
    }
  }

  @Test
  void sameFileInOneApplication_isSharedAndClosedWithTheLastUser() throws Exception {
    AuditFiles files = new AuditFiles();
    AuditFile first = files.acquire(path);
    AuditFile second = files.acquire(directory.resolve("x/../audit.json"));
    assertSame(first, second);

    files.release(first);
    append(second, MIDNIGHT, "still open");
    files.release(second);

    assertEquals("still open\n", Files.readString(path));
    AuditFiles others = new AuditFiles();
    AuditFile third = others.acquire(path);
    assertNotSame(first, third);
    others.release(third);
  }

  private static void append(AuditFile file, Instant time, String... lines) throws IOException {
    file.append(Stream.of(lines).map(line -> new AuditFile.Line(time, line)).toList());
  }

  /** The visible files beside the audit file. */
  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private boolean isPosix() throws IOException {
    FileStore store = Files.getFileStore(directory);
    return store.supportsFileAttributeView("posix");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private Process hold() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = origin(AuditFile.class) + File.pathSeparator + origin(FileHolder.class);
    return new ProcessBuilder(java, "-cp", classPath, FileHolder.class.getName(), path.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Path origin(Class<?> type) throws Exception {
    URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
    return Path.of(location);
  }
}
