/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.config.InvalidConfigurationException;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.lang.System.Logger.Level;

/** Tells of a start that failed, to the container or to the log. */
final class FailedStart {

  private static final System.Logger LOG = System.getLogger(FailedStart.class.getName());

  private FailedStart() {}

  /**
   * Ends the start. When this returns, the filter is to refuse every request.
   *
   * @throws ServletException with every mistake in its message, if that is how it is to end
   */
  static void conclude(FilterConfig config, Throwable fault) throws ServletException {
    OnMistake wanted = OnMistake.of(config);
    boolean isKnown = KnownContainers.include(config);
    String message = "Filter '" + config.getFilterName() + "' cannot start:" + reason(fault);
    if (wanted == OnMistake.REFUSE || (wanted == OnMistake.AUTO && !isKnown)) {
      log(message + System.lineSeparator() + "It answers every request with 503.", fault);
      return;
    }
    if (!isKnown) {
      log(message + System.lineSeparator() + OnMistake.FAIL_IS_UNSAFE, fault);
    }
    throw new ServletException(message, fault);
  }

  private static void log(String message, Throwable fault) {
    if (fault instanceof InvalidConfigurationException) {
      LOG.log(Level.ERROR, message);
    } else {
      LOG.log(Level.ERROR, message, fault);
    }
  }

  private static String reason(Throwable fault) {
    return fault instanceof InvalidConfigurationException mistakes
        ? System.lineSeparator() + mistakes.getMessage()
        : " " + fault + cause(fault);
  }

  private static String cause(Throwable fault) {
    Throwable cause = fault.getCause();
    return cause == null ? "" : ", caused by " + cause + cause(cause);
  }
}
