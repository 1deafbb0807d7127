/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Somebody who has just cloned the project, has the files that are tracked and no others, and runs
 * a command there.
 */
final class Newcomer implements AutoCloseable {

  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final Path CLONE = PROJECT.resolve("target").resolve("newcomer");

  private final Process process;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private Newcomer(Process process) {
    this.process = process;
    Thread reader =
        new Thread(
            () -> {
              try (Stream<String> output = process.inputReader().lines()) {
                output.forEach(lines::add);
              }
            },
            "newcomer-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Whether there is a shell that knows those commands, and a repository to clone. */
  static boolean isPossible(String... commands) throws Exception {
    if (!Files.exists(PROJECT.resolve(".git"))) {
      return false;
    }
    for (String command : commands) {
      if (shell(PROJECT, "command -v " + command).start().waitFor() != 0) {
        return false;
      }
    }
    return true;
  }

  /** Clones the project and starts a command there. */
  static Newcomer starts(String command) throws Exception {
    if (Files.exists(CLONE)) {
      try (Stream<Path> files = Files.walk(CLONE)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    for (String name : runs(PROJECT, "git ls-files -z").split("\0")) {
      copy(name);
    }
    return new Newcomer(shell(CLONE, "exec " + command).start());
  }

  /**
   * Runs lines in another shell in the clone, as if they were pasted, and returns what they print.
   */
  String pastes(String lines) throws Exception {
    return runs(CLONE, lines);
  }

  private static String runs(Path directory, String lines) throws Exception {
    Process shell = shell(directory, lines).start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (shell.waitFor() != 0) {
      throw new IOException(lines + " ended with " + shell.exitValue() + ": " + output);
    }
    return output;
  }

  /** What has been printed so far. */
  String printed() {
    return String.join("\n", lines) + "\n";
  }

  /** Waits until something is printed. */
  Matcher awaitPrinted(Pattern wanted, Duration limit) throws Exception {
    return Polling.await(
        limit,
        () -> wanted + " in " + printed(),
        () -> {
          Matcher matcher = wanted.matcher(printed());
          if (matcher.find()) {
            return Optional.of(matcher);
          }
          if (!process.isAlive()) {
            throw new IOException("The command ended: " + printed());
          }
          return Optional.empty();
        });
  }

  /** All processes that the command has started, itself included. */
  List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /** Sends the signal that asks to end, to the command alone. */
  void terminate() {
    process.toHandle().destroy(); // Unlike process.destroy() it lets the output be read to its end.
  }

  /** Leaves nothing running. */
  @Override
  public void close() {
    List<ProcessHandle> left = processes();
    left.forEach(ProcessHandle::destroyForcibly);
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
  }

  private static ProcessBuilder shell(Path directory, String lines) {
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", lines);
    Path java = Path.of(System.getProperty("java.home"));
    shell.environment().put("JAVA_HOME", java.toString());
    shell
        .environment()
        .merge(
            "PATH", java.resolve("bin").toString(), (old, bin) -> bin + File.pathSeparator + old);
    return shell.directory(directory.toFile()).redirectErrorStream(true);
  }

  private static void copy(String name) throws IOException {
    Path source = PROJECT.resolve(name);
    if (Files.exists(source)) {
      Path target = CLONE.resolve(name);
      Files.createDirectories(target.getParent());
      Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
