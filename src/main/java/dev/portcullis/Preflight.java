/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tells a CORS preflight request (Fetch standard, section 4.8) from other requests: a browser asks
 * so before a script's request, and sends neither credentials nor a body with it. One that names
 * another method is none: there are applications for which it is then a request of that method.
 */
final class Preflight {

  private Preflight() {}

  static boolean isOne(ResourceRequest resource, HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null
        && request.getHeader("Authorization") == null
        && request.getHeader("DPoP") == null
        && request.getHeader("Transfer-Encoding") == null
        && isNothing(request.getHeader("Content-Length"))
        && !MethodOverride.isIn(resource, request);
  }

  private static boolean isNothing(@Nullable String length) {
    return length == null || length.equals("0");
  }
}
