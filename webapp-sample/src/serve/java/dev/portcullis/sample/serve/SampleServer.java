/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The sample's WAR in Jetty, in this process. */
final class SampleServer implements AutoCloseable {

  private final Server jetty = new Server();
  private final WebAppContext sample = new WebAppContext();

  SampleServer(Path war, int port, Path target) throws IOException {
    // So that java.util.logging, where all logs of this process end, writes one line an entry.
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT %4$s %3$s: %5$s%6$s%n");
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    jetty.addConnector(connector);
    sample.setContextPath("/");
    sample.setWar(war.toString());
    sample.setTempDirectory(Files.createDirectories(target.resolve("jetty-" + port)).toFile());
    // When the filter refuses to start, so does the server.
    sample.setThrowUnavailableOnStartupException(true);
    jetty.setHandler(sample);
  }

  /** Starts Jetty. The page gets a button that runs {@code outage}. */
  void start(Runnable outage) throws Exception {
    sample.setAttribute("sample.outage", outage);
    jetty.start();
  }

  void join() throws InterruptedException {
    jetty.join();
  }

  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      System.err.println("Jetty did not stop cleanly: " + e);
    }
  }
}
