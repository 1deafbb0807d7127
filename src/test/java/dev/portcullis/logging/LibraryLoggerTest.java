/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What becomes of the libraries' messages; {@code System.Logger} writes to the JDK's own here. */
class LibraryLoggerTest {
  private static final String NAME = "org.example.library";

  private final Logger written = Logger.getLogger(NAME);
  private final RecordingHandler handler = new RecordingHandler();
  private final org.slf4j.Logger library = LoggerFactory.getLogger(NAME);

  @BeforeEach
  void listen() {
    written.setUseParentHandlers(false);
    written.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    written.removeHandler(handler);
    written.setLevel(null);
  }

  @Test
  void slf4j_findsOurProvider() {
    assertInstanceOf(LibraryLogger.class, library);
  }

  @Test
  void warning_isWritten() {
    Throwable thrown = new IllegalStateException();

    library.warn("{} of {}", 1, 2, thrown);

    LogRecord record = handler.records.get(0);
    assertEquals(Level.WARNING, record.getLevel());
    assertEquals("1 of 2", record.getMessage());
    assertSame(thrown, record.getThrown());
  }

  @Test
  void error_isWritten() {
    library.error("broken");

    assertEquals(Level.SEVERE, handler.records.get(0).getLevel());
  }

  @Test
  void information_isWrittenWhenDebuggingOnly() {
    library.info("once");
    assertEquals(List.of(), handler.records);

    written.setLevel(Level.FINE);
    library.info("again");
    assertEquals(Level.FINE, handler.records.get(0).getLevel());
  }

  @Test
  @DisplayName(
      "LOG-02: what the HTTP library says of headers and bodies is not written at any level")
  void debugging_isNeverWritten() {
    written.setLevel(Level.ALL);

    library.debug("Authorization: Basic c2VjcmV0");
    library.trace("Authorization: Basic c2VjcmV0");
    library.atDebug().log("Authorization: Basic c2VjcmV0");

    assertEquals(List.of(), handler.records);
    assertFalse(library.isDebugEnabled());
    assertFalse(library.isTraceEnabled());
  }

  private static final class RecordingHandler extends Handler {
    final List<LogRecord> records = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
