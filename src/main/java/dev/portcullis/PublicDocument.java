/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.dpop.TargetUri;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A document that everyone who asks is shown, without a token and without an audit entry. Safe for
 * use by several threads if its content is.
 *
 * @param path its path inside the application; stands at no other
 * @param mediaType what it is
 * @param maxAge how long it may be kept by who fetched it
 * @param content what it says at the moment
 */
record PublicDocument(String path, String mediaType, Duration maxAge, Supplier<String> content) {

  /** Whether a request is for exactly its path, and spells it as everybody does. */
  boolean isAt(ResourceRequest request) {
    return request.path().equals(path) && isPlain(request.uri());
  }

  /** No parameters, no doubled slashes, no dot segments, no escapes of what needs none. */
  private static boolean isPlain(String uri) {
    return uri.indexOf(';') < 0
        && !uri.contains("//")
        && TargetUri.path(uri).filter(normal -> normal.equalsIgnoreCase(uri)).isPresent();
  }

  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    switch (request.getMethod()) {
      case "GET" -> response.getOutputStream().write(begin(response));
      case "HEAD" -> begin(response);
      default -> {
        response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        response.setHeader("Allow", "GET, HEAD");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(0);
      }
    }
  }

  private byte[] begin(HttpServletResponse response) {
    byte[] body = content.get().getBytes(UTF_8);
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(mediaType);
    response.setHeader("Cache-Control", "max-age=" + maxAge.toSeconds());
    response.setContentLength(body.length);
    return body;
  }
}
