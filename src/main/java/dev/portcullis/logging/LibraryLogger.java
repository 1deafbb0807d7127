/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.logging;

import java.lang.System.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * A library's logger.
 *
 * <p>Warnings and errors are passed on as they are. What a library calls information is debugging
 * to the application we are a guest of. A library's own debugging is never written: HttpClient's
 * holds the headers and bodies it sends, and with them tokens and the client secret.
 */
final class LibraryLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private final transient Logger target;

  LibraryLogger(String name) {
    this.name = name;
    this.target = System.getLogger(name);
  }

  @Override
  public boolean isErrorEnabled() {
    return target.isLoggable(Logger.Level.ERROR);
  }

  @Override
  public boolean isWarnEnabled() {
    return target.isLoggable(Logger.Level.WARNING);
  }

  @Override
  public boolean isInfoEnabled() {
    return target.isLoggable(Logger.Level.DEBUG);
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    target.log(levelOf(level), MessageFormatter.basicArrayFormat(pattern, arguments), thrown);
  }

  private static Logger.Level levelOf(Level level) {
    return switch (level) {
      case ERROR -> Logger.Level.ERROR;
      case WARN -> Logger.Level.WARNING;
      case INFO, DEBUG, TRACE -> Logger.Level.DEBUG;
    };
  }
}
