/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.webapp;

import dev.portcullis.api.TokenPrincipal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Answers with what an application sees of its caller: one {@code name=value} a line. Knows the
 * class of the principal from {@code WEB-INF/lib} alone.
 */
public final class EchoServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=utf-8");
    PrintWriter text = response.getWriter();
    text.printf("method=%s%n", request.getMethod());
    text.printf("principal=%s%n", request.getUserPrincipal().getName());
    text.printf("user=%s%n", request.getRemoteUser());
    text.printf("auth=%s%n", request.getAuthType());
    text.printf("clerk=%s%n", request.isUserInRole("clerk"));
    text.printf("exchange=%s%n", request.getAttribute("dev.portcullis.exchange-id"));
    if (request.getAttribute(TokenPrincipal.ATTRIBUTE) instanceof TokenPrincipal token) {
      text.printf("client=%s%n", token.clientId().orElse(""));
      text.printf("scopes=%s%n", String.join(" ", token.scopes()));
    }
  }
}
