/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import dev.portcullis.it.Polling;
import dev.portcullis.it.credentials.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * A Jakarta EE server as it is distributed, started by its own command, with folders of this run. A
 * subclass knows how to give it applications. For one thread at a time.
 */
abstract class DistributedServer implements Container {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path base;
  private final int port;
  private final ServerProcess process;
  private Optional<Attached> attached = Optional.empty();

  /** A server that was just started. */
  DistributedServer(Path base, int port, ServerProcess process) {
    this.base = base;
    this.port = port;
    this.process = process;
  }

  /** A folder for this run. */
  static Path newBase(String name) throws IOException {
    return Files.createTempDirectory(Path.of("target"), name + "-").toAbsolutePath();
  }

  /** What the build has unpacked, by the name of the system property that tells where. */
  static Path home(String property) {
    return Path.of(System.getProperty(property));
  }

  /** Copies a folder into another with all that is in it. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
  }

  /** The folder of this run. */
  final Path base() {
    return base;
  }

  /** The process that was started. */
  final ServerProcess process() {
    return process;
  }

  /** Writes an archive where the server does not look, and returns where that is. */
  final Path write(Archive<?> archive) throws IOException {
    // Each in a folder of its own: servers remember what they have read of a file.
    Path file = Files.createTempDirectory(base, "archive-").resolve(archive.getName());
    archive.as(ZipExporter.class).exportTo(file.toFile());
    return file;
  }

  /** Moves an archive into the folder that the server watches, so that it finds it whole. */
  final Path move(Path file, Path folder) throws IOException {
    return Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns when something is so. */
  final void await(String what, Callable<Boolean> condition) throws Exception {
    Polling.await(
        PATIENCE,
        () -> what + ": " + log(),
        () -> {
          if (!process.process().isAlive()) {
            throw new IOException("The server ended: " + log());
          }
          return condition.call() ? Optional.of(true) : Optional.empty();
        });
  }

  /** Returns what the log says by a pattern, when it does, behind what it said before. */
  final String awaitLog(int before, String pattern) throws Exception {
    Pattern wanted = Pattern.compile(pattern);
    return Polling.await(
        PATIENCE,
        () -> pattern + " in " + log().substring(before),
        () -> {
          if (!process.process().isAlive()) {
            throw new IOException("The server ended: " + log());
          }
          Matcher found = wanted.matcher(log().substring(before));
          return found.find() ? Optional.of(found.group()) : Optional.empty();
        });
  }

  /** An archive's name without what kind it is of: the name of the application. */
  static String application(String archive) {
    return archive.substring(0, archive.lastIndexOf('.'));
  }

  @Override
  public final int port() {
    return port;
  }

  @Override
  public final String log() {
    return process.said();
  }

  @Override
  public final MBeanServerConnection beans() throws Exception {
    if (attached.isEmpty()) {
      attached = Optional.of(Attached.to(javaProcess()));
    }
    return attached.get().beans();
  }

  /** That of the server itself; its commands are scripts, or start it by another Java. */
  private ProcessHandle javaProcess() {
    ProcessHandle started = process.process().toHandle();
    return Stream.concat(started.descendants(), Stream.of(started))
        .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
        .filter(handle -> handle.children().findAny().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public final void close() throws IOException {
    if (attached.isPresent()) {
      attached.get().close();
    }
    process.close();
  }
}
