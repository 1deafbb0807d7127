/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * The text of a response of the application's: a {@link PrintWriter} keeps to itself what goes
 * wrong, so that is asked for at each flush, and told to the {@link Recording}. What comes after
 * the application has closed it does not count. Safe for use by several threads, as any of its
 * kind.
 */
final class WatchedWriter extends PrintWriter {

  private final PrintWriter container;
  private final Recording recording;
  private volatile boolean isClosed;

  WatchedWriter(PrintWriter container, Recording recording) {
    super(container);
    this.container = container;
    this.recording = recording;
  }

  @Override
  public void flush() {
    container.flush();
    watch(container.checkError());
  }

  @Override
  public boolean checkError() {
    boolean isBroken = container.checkError();
    watch(isBroken);
    return isBroken;
  }

  private void watch(boolean isBroken) {
    if (isBroken && !isClosed) {
      recording.broke();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    container.close();
  }

  /** In the language of the response, where the container does so. */
  @Override
  public PrintWriter format(String format, Object... values) {
    container.format(format, values);
    return this;
  }

  @Override
  public PrintWriter format(Locale locale, String format, Object... values) {
    container.format(locale, format, values);
    return this;
  }
}
