/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that is logged below a name while this is open, at every level, exceptions included. */
public final class RecordedLog extends Handler implements AutoCloseable {

  private final Logger logger;
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  private RecordedLog(String name) {
    logger = Logger.getLogger(name);
    setLevel(Level.ALL);
  }

  /** Records what is logged below that name. */
  public static RecordedLog of(String name) {
    RecordedLog log = new RecordedLog(name);
    log.logger.setLevel(Level.ALL);
    log.logger.addHandler(log);
    return log;
  }

  /** The messages as they are printed. */
  public List<String> lines() {
    return records.stream().map(new SimpleFormatter()::formatMessage).toList();
  }

  /** The messages of a level. */
  public List<String> lines(Level level) {
    return records.stream()
        .filter(line -> line.getLevel().equals(level))
        .map(new SimpleFormatter()::formatMessage)
        .toList();
  }

  /** Everything as it is printed, stack traces and all. */
  public String text() {
    StringBuilder text = new StringBuilder();
    records.forEach(line -> text.append(new SimpleFormatter().format(line)));
    return text.toString();
  }

  @Override
  public void publish(LogRecord line) {
    records.add(line);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(null);
  }
}
