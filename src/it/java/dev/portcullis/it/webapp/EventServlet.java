/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.webapp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Sends three events, by a thread of the container's. */
public final class EventServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync(request, response);
    async.start(
        () -> {
          try {
            send(async);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            async.complete();
          }
        });
  }

  private static void send(AsyncContext async) throws IOException {
    HttpServletRequest request = (HttpServletRequest) async.getRequest();
    async.getResponse().setContentType("text/event-stream");
    PrintWriter events = async.getResponse().getWriter();
    for (int i = 1; i <= 3; i++) {
      events.print("data: " + i + " for " + request.getUserPrincipal().getName() + "\n\n");
      async.getResponse().flushBuffer();
    }
  }
}
