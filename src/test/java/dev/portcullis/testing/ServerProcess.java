/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * An authorization server as a process of its own, which can be killed and started again on the
 * same port. What it does with a token the token says: {@code reset…}, {@code hang…} and {@code
 * 504…} are bad ones, {@code 20-together-1-…} is answered when twenty that begin so have come; all
 * others are active, and their subject is the token. Ends when whoever started it does.
 */
public final class ServerProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private Process process;
  private final int port;

  private ServerProcess(Process process) throws IOException {
    this.process = process;
    this.port = ready(process);
  }

  /** Starts one on a free port. */
  public static ServerProcess start() throws IOException {
    return new ServerProcess(process(0));
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** Kills it and starts it again. */
  public void restart() throws IOException, InterruptedException {
    close();
    process = process(port);
    if (ready(process) != port) {
      throw new IOException("not on the same port");
    }
  }

  /** Has it close all connections it has, in good order. */
  public void closesConnections() throws IOException {
    tell("close");
  }

  /** Has it reset all connections it has. */
  public void resetsConnections() throws IOException {
    tell("reset");
  }

  /** Returns when it has been done. */
  private void tell(String command) throws IOException {
    process.getOutputStream().write((command + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
    int unused = ready(process);
  }

  private static Process process(int port) throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classes,
                ServerProcess.class.getName(),
                Integer.toString(port)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int ready(Process process) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = process.getInputStream().read();
        octet != '\n';
        octet = process.getInputStream().read()) {
      if (octet < 0) {
        throw new IOException("the server process has ended");
      }
      line.append((char) octet);
    }
    return Integer.parseInt(line.toString().trim());
  }

  /** Kills it. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the server process does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process itself. */
  public static void main(String... args) throws IOException {
    Map<String, Set<String>> together = new HashMap<>();
    TestingAuthorizationServer server =
        TestingAuthorizationServer.on(Integer.parseInt(args[0]))
            .always(
                (request, wire) ->
                    answer(request.parameter("token").orElse(""), together).give(request, wire));
    System.out.println(server.port());
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String command = commands.readLine(); command != null; command = commands.readLine()) {
      server.endConnections(command.equals("reset"));
      System.out.println(server.port());
    }
    System.exit(0);
  }

  private static Answer answer(String token, Map<String, Set<String>> together) {
    if (token.startsWith("reset")) {
      return Answers.reset();
    }
    if (token.startsWith("hang")) {
      return Answers.stall();
    }
    if (token.startsWith("504")) {
      return Answers.status(504);
    }
    int number = token.indexOf("-together");
    if (number > 0) {
      await(token, Integer.parseInt(token.substring(0, number)), together);
    }
    return Answers.json("{\"active\":true,\"sub\":\"" + token + "\"}");
  }

  /** A token that is asked about twice counts once. */
  private static void await(String token, int number, Map<String, Set<String>> together) {
    synchronized (together) {
      Set<String> come =
          together.computeIfAbsent(
              token.substring(0, token.lastIndexOf('-')), key -> new HashSet<>());
      come.add(token);
      together.notifyAll();
      try {
        while (come.size() < number) {
          together.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
