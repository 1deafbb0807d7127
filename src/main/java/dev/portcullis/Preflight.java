/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Tells a CORS preflight request (Fetch standard, section 4.8) from other requests: a browser asks
 * so before a script's request, and sends neither credentials nor a body with it. One that names
 * another method is none: there are applications for which it is then a request of that method.
 * Safe for use by several threads.
 */
final class Preflight {

  /** So many may look for a body at once: Jetty has a thread wait until it is told. */
  private static final int LOOKING = 32;

  private final Semaphore looking = new Semaphore(LOOKING);

  boolean isOne(ResourceRequest resource, HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null
        && request.getHeader("Authorization") == null
        && request.getHeader("DPoP") == null
        && !MethodOverride.isIn(resource, request)
        && !hasBody(request);
  }

  /** From HTTP/2 on a body need not be announced (RFC 9113 section 8.1): then one has to look. */
  private boolean hasBody(HttpServletRequest request) {
    String length = request.getHeader("Content-Length");
    if (request.getHeader("Transfer-Encoding") != null) {
      return true;
    }
    if (length != null) {
      return !length.equals("0");
    }
    return !request.getProtocol().startsWith("HTTP/1.") && isOneFound(request);
  }

  /** A body of unknown length is one until its end is there. */
  private boolean isOneFound(HttpServletRequest request) {
    if (!looking.tryAcquire()) {
      return true;
    }
    try {
      ServletInputStream body = request.getInputStream();
      return !body.isFinished() && (body.available() > 0 || body.read() >= 0);
    } catch (IOException e) {
      return true;
    } finally {
      looking.release();
    }
  }
}
