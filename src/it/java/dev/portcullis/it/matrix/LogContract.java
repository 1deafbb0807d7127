/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.GuardedWebapp;
import dev.portcullis.it.Site;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In every container: who has no token cannot fill the server's log. */
public interface LogContract {

  /** The container. */
  Container container();

  /** Where the application is served. */
  Site site();

  /** The application lets the exception pass, and the container writes it down. */
  @Test
  @DisplayName("Finding 7: a refused include leaves no stack trace in the log")
  default void finding7_refusedInclude_leavesNoStackTrace() throws Exception {
    int times = 20;
    int before = container().log().length();

    for (int i = 0; i < times; i++) {
      assertEquals(500, site().get(GuardedWebapp.DISPATCH + "?include:/guarded/echo").status());
    }

    String said = container().log().substring(before);
    long lines = said.lines().filter(line -> !line.isBlank()).count();
    assertTrue(lines <= 10L * times, said);
  }
}
