/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import dev.portcullis.it.Polling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server in a process of its own, which ends with this one.
 *
 * @param process the process
 * @param log what it writes
 */
public record ServerProcess(Process process, Path log) implements AutoCloseable {

  private static final long STOP_SECONDS = 20;

  /** Starts it and returns at once. */
  public static ServerProcess start(ProcessBuilder command, String name) throws IOException {
    Path log = Files.createTempFile(Path.of("target"), name + "-", ".log");
    command.redirectErrorStream(true).redirectOutput(log.toFile());
    ServerProcess server = new ServerProcess(command.start(), log);
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroy, name + "-end"));
    return server;
  }

  /** Returns when it answers. */
  public void await(Duration limit, Callable<Boolean> answers) throws Exception {
    Polling.await(
        limit,
        this::said,
        () -> {
          if (!process.isAlive()) {
            throw new IOException("The server ended: " + said());
          }
          return answers.call() ? Optional.of(true) : Optional.empty();
        });
  }

  /** What it has written so far. */
  public String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void destroy() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    destroy();
    for (ProcessHandle one : all) {
      if (!one.onExit()
          .thenApply(ended -> true)
          .completeOnTimeout(false, STOP_SECONDS, TimeUnit.SECONDS)
          .join()) {
        one.destroyForcibly();
      }
    }
  }
}
