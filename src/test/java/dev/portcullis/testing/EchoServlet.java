/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import dev.portcullis.api.TokenPrincipal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers with what an application sees of a request: one {@code name=value} a line. */
public final class EchoServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** How often it was called. */
  private final AtomicInteger calls = new AtomicInteger();

  /** How often it was called. */
  public int calls() {
    return calls.get();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    calls.incrementAndGet();
    response.setContentType("text/plain;charset=utf-8");
    StringBuilder text = new StringBuilder();
    line(text, "path", request.getServletPath() + nullToEmpty(request.getPathInfo()));
    line(text, "principal", name(request.getUserPrincipal()));
    line(text, "user", nullToEmpty(request.getRemoteUser()));
    line(text, "auth", nullToEmpty(request.getAuthType()));
    line(text, "admin", request.isUserInRole("admin"));
    if (request.getAttribute(TokenPrincipal.ATTRIBUTE) instanceof TokenPrincipal token) {
      line(text, "client", token.clientId().orElse(""));
      line(text, "isClient", token.isClient());
      line(text, "scopes", String.join(" ", token.scopes()));
      line(text, "attributes", token.attributes());
    }
    response.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String name(Principal principal) {
    return principal == null ? "" : principal.getName();
  }

  private static String nullToEmpty(String text) {
    return text == null ? "" : text;
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append('=').append(value).append('\n');
  }
}
