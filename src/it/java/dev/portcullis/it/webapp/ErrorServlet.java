/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.webapp;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * An application's own errors: makes one of the status that the query string names, with a
 * challenge of the application's own, and is the error page for it.
 */
public final class ErrorServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
      response.getWriter().print("error page " + status);
    } else {
      response.setHeader("WWW-Authenticate", "Custom");
      response.sendError(Integer.parseInt(request.getQueryString()));
    }
  }
}
