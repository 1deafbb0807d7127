/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * All that is logged until it is closed: by the filter and by the libraries it uses at every level,
 * by everything else from {@code INFO} on. Stack traces are part of it.
 */
final class ServerLog extends Handler implements AutoCloseable {

  private static final List<Logger> OURS =
      List.of(Logger.getLogger("dev.portcullis"), Logger.getLogger("org.apache.hc"));

  private final Logger root = Logger.getLogger("");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private ServerLog() {
    setLevel(Level.ALL);
  }

  static ServerLog begin() {
    ServerLog log = new ServerLog();
    log.root.addHandler(log);
    OURS.forEach(logger -> logger.setLevel(Level.ALL));
    return log;
  }

  /** What has been logged, an entry each. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(new SimpleFormatter().format(line));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    OURS.forEach(logger -> logger.setLevel(null));
  }
}
