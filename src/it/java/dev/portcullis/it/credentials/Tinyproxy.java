/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import dev.portcullis.it.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A tinyproxy on the loopback interface, in a process of its own.
 *
 * @param port where it listens
 * @param process the process
 */
record Tinyproxy(int port, ServerProcess process) implements AutoCloseable {

  /** The user name that a proxy with authentication wants. */
  static final String USERNAME = "orders";

  /** The password that a proxy with authentication wants. */
  static final String PASSWORD = "proxy-pass";

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  /** One for everybody. */
  static Tinyproxy open() throws Exception {
    return start("");
  }

  /** One that wants user name and password (RFC 7617). */
  static Tinyproxy authenticating() throws Exception {
    return start("BasicAuth " + USERNAME + " " + PASSWORD + "\n");
  }

  private static Tinyproxy start(String more) throws Exception {
    int port = FreePort.find();
    Path file = Files.createTempFile(Path.of("target"), "tinyproxy-", ".conf").toAbsolutePath();
    Files.writeString(
        file,
        "Listen 127.0.0.1\nPort %d\nAllow 127.0.0.1\nTimeout 60\nMaxClients 20\nLogLevel Info\n%s"
            .formatted(port, more));
    ProcessBuilder command = new ProcessBuilder("tinyproxy", "-d", "-c", file.toString());
    // Debian has put it into a folder for administrators in some of its versions.
    command.environment().merge("PATH", "/usr/sbin:/usr/local/sbin", (old, add) -> old + ":" + add);
    ServerProcess process = ServerProcess.start(command, "tinyproxy");
    process.await(START_LIMIT, () -> !FreePort.isFree(port));
    return new Tinyproxy(port, process);
  }

  /** The settings that lead through it, without those for authentication. */
  Map<String, String> settings() {
    return Map.of(
        "as.use-proxy", "true",
        "proxy.host", "127.0.0.1",
        "proxy.port", Integer.toString(port));
  }

  /** What it has written so far. */
  String log() throws IOException {
    return Files.readString(process.log());
  }

  @Override
  public void close() {
    process.close();
  }
}
