/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A servlet that does what a test wants, and counts how often. */
public final class ScriptedServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** What a servlet does. */
  @FunctionalInterface
  public interface Script {
    /** Serves a request. */
    void serve(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  private final transient Script script;
  private final AtomicInteger calls = new AtomicInteger();

  /** Makes a servlet. */
  public ScriptedServlet(Script script) {
    this.script = script;
  }

  /** How often it was called. */
  public int calls() {
    return calls.get();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    calls.incrementAndGet();
    script.serve(request, response);
  }
}
