/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample.demo;

import dev.portcullis.sample.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Demo only. {@code GET /demo/server} tells the page where the authorization server is; {@code POST
 * /demo/server} stops it for a while, so that one can see what the filter does then. Stopping works
 * where the launcher of the sample has left a {@link Runnable} for it in the servlet context; in
 * any other server it is not possible, and the page hides the button.
 */
public final class DemoServlet extends HttpServlet {

  private static final String OUTAGE = "sample.outage";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Json.write(
        response,
        HttpServletResponse.SC_OK,
        Map.of(
            "authorizationServer",
            "http://127.0.0.1:" + System.getProperty("sample.as-port"),
            "canBeStopped",
            getServletContext().getAttribute(OUTAGE) instanceof Runnable));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (comesFromAnotherSite(request)) {
      Json.write(response, HttpServletResponse.SC_FORBIDDEN, Map.of("error", "not from there"));
    } else if (getServletContext().getAttribute(OUTAGE) instanceof Runnable outage) {
      outage.run();
      Json.write(response, HttpServletResponse.SC_OK, Map.of("stopped", true));
    } else {
      Json.write(response, HttpServletResponse.SC_NOT_FOUND, Map.of("error", "not possible here"));
    }
  }

  /** A page of another site that is open in the same browser must not be able to do this. */
  private static boolean comesFromAnotherSite(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    return origin != null && !origin.equals("http://" + request.getHeader("Host"));
  }
}
