/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A Jetty in a process of its own, with the guarded application. */
public final class JettyProcess implements AutoCloseable {
  private static final Path TARGET = Path.of("target");
  private static final Pattern LISTENS =
      Pattern.compile("Started \\S*ServerConnector@.*\\{[^{}]*:(\\d+)}");
  private static final Pattern SERVES = Pattern.compile("Started \\S*\\.Server@");

  private final Process process;
  private final BufferedReader output;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final int port;

  private JettyProcess(Process process) throws IOException {
    this.process = process;
    this.output = process.inputReader();
    this.port = Integer.parseInt(awaitLine(LISTENS).group(1));
  }

  /**
   * Starts Jetty on a port of its choice and returns when it serves.
   *
   * @param home Jetty's folder, by the name of the system property that holds it
   * @param edition the Jakarta EE version, {@code ee10} or {@code ee11}
   * @param war the application
   */
  public static JettyProcess start(String home, String edition, WebArchive war) throws IOException {
    return start(home, edition, war, 0, List.of());
  }

  /**
   * Starts Jetty with its module for WebSockets on a port of its choice and returns when it serves.
   *
   * @param home Jetty's folder, by the name of the system property that holds it
   * @param edition the Jakarta EE version, {@code ee10} or {@code ee11}
   * @param war the application
   */
  public static JettyProcess startWithWebSocket(String home, String edition, WebArchive war)
      throws IOException {
    return start(home, edition, war, 0, List.of(), "," + edition + "-websocket-jakarta");
  }

  /**
   * Starts Jetty and returns when it serves.
   *
   * @param home Jetty's folder, by the name of the system property that holds it
   * @param edition the Jakarta EE version, {@code ee10} or {@code ee11}
   * @param war the application
   * @param port where it is to listen
   * @param javaOptions options for its Java
   */
  public static JettyProcess start(
      String home, String edition, WebArchive war, int port, List<String> javaOptions)
      throws IOException {
    return start(home, edition, war, port, javaOptions, "");
  }

  private static JettyProcess start(
      String home,
      String edition,
      WebArchive war,
      int port,
      List<String> javaOptions,
      String modules)
      throws IOException {
    Path base = Files.createTempDirectory(TARGET, "jetty-base-" + edition + "-").toAbsolutePath();
    Path webapps = Files.createDirectory(base.resolve("webapps"));
    war.as(ZipExporter.class).exportTo(webapps.resolve(war.getName()).toFile());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.add("-jar");
    command.add(Path.of(System.getProperty(home), "start.jar").toString());
    // In front: behind the modules they would belong to the edition, not to the server.
    command.add("jetty.http.host=127.0.0.1");
    command.add("jetty.http.port=" + port);
    command.add("--modules=http," + edition + "-deploy" + modules);
    Process process =
        new ProcessBuilder(command).directory(base.toFile()).redirectErrorStream(true).start();
    return new JettyProcess(process).awaitStart();
  }

  /** Where it listens on the loopback interface. */
  public int port() {
    return port;
  }

  /** What Jetty and the application have written so far. */
  public String log() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    process.toHandle().destroy(); // Unlike process.destroy() it lets the output be read to its end.
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join().destroyForcibly();
  }

  private JettyProcess awaitStart() throws IOException {
    awaitLine(SERVES);
    Thread reader = new Thread(() -> output.lines().forEach(lines::add), "jetty-output");
    reader.setDaemon(true);
    reader.start();
    return this;
  }

  private Matcher awaitLine(Pattern wanted) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      Matcher matcher = wanted.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
    }
    throw new IOException("Jetty ended: " + log());
  }
}
