/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Leads a request to another place of the application: {@code forward:/path} as query string. */
public final class DispatchServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String[] command = request.getQueryString().split(":", 2);
    switch (command[0]) {
      case "forward" -> request.getRequestDispatcher(command[1]).forward(request, response);
      case "include" -> request.getRequestDispatcher(command[1]).include(request, response);
      case "async" -> request.startAsync(request, response).dispatch(command[1]);
      default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }
}
