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

/**
 * What is logged to one logger, and to those below it, while this is open, kept away from the
 * console. Safe for use by several threads.
 */
public final class CapturedLog extends Handler implements AutoCloseable {

  private final Logger logger;
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  private CapturedLog(String name) {
    this.logger = Logger.getLogger(name);
  }

  /** The log of failures. */
  public static CapturedLog ofServer() {
    return of("dev.portcullis.audit");
  }

  /** Captures what is logged to the logger of that name and those below. */
  public static CapturedLog of(String name) {
    CapturedLog log = new CapturedLog(name);
    log.logger.setUseParentHandlers(false);
    log.logger.addHandler(log);
    return log;
  }

  /** Sets the level of the logger, as an administrator would. */
  public void setLoggerLevel(Level level) {
    logger.setLevel(level);
  }

  /** The messages as they are printed, parameters and all. */
  public List<String> lines() {
    return records.stream().map(new SimpleFormatter()::formatMessage).toList();
  }

  /** The messages of one level. */
  public List<String> linesAt(Level level) {
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
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }
}
