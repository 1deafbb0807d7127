/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The process of the authorization server. When it ends, for whatever reason, it is started again
 * after a pause, so that one can watch what the filter makes of an outage. Thread-safe.
 */
final class AuthorizationServer implements AutoCloseable {

  /** How long it stays away after it was stopped; then it takes some seconds to start. */
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

  private final ProcessBuilder command;
  private final URI metadata;
  private final Path log;
  private volatile Process process;
  private volatile boolean closed;

  AuthorizationServer(Path jar, int port, String clientSecret, Path log) {
    this.metadata =
        URI.create("http://127.0.0.1:" + port + "/.well-known/oauth-authorization-server");
    this.log = log;
    this.command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // It lives for minutes, not for days: start fast and stay small.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Dexit-with-parent=true",
            "-jar",
            jar.toString(),
            "--server.port=" + port);
    // Not an argument: those can be read by everybody on this machine.
    command.environment().put("RESOURCE_SERVER_SECRET", clientSecret);
    command.redirectErrorStream(true).redirectOutput(log.toFile());
  }

  synchronized void start() throws IOException {
    if (!closed) {
      process = command.start();
    }
  }

  /** Waits until the server answers. */
  void awaitReady() throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    HttpRequest request = HttpRequest.newBuilder(metadata).timeout(Duration.ofSeconds(5)).build();
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!answers(client, request)) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new IOException("The authorization server did not come up:\n" + endOfLog());
      }
      Thread.sleep(100);
    }
  }

  private static boolean answers(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /** Starts the server again whenever it has ended. */
  void keepRunning() {
    Thread thread = new Thread(this::restartForever, "authorization-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void restartForever() {
    try {
      while (true) {
        process.waitFor();
        if (closed) {
          return;
        }
        say("has stopped; it is started again in " + PAUSE.toSeconds() + " seconds.");
        Thread.sleep(PAUSE.toMillis());
        start();
        awaitReady();
        say("is back. It has forgotten all tokens that it issued before.");
      }
    } catch (IOException | InterruptedException e) {
      if (!closed) {
        say("stays away. " + e.getMessage());
      }
    }
  }

  private static void say(String text) {
    System.out.println(">>> The authorization server " + text);
  }

  /** Stops the server for a while; when this returns nobody answers any more. */
  void interrupt() {
    stopProcess();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    stopProcess();
  }

  private void stopProcess() {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (running.waitFor(5, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.destroyForcibly();
  }

  private String endOfLog() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }
}
