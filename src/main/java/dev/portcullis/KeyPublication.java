/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.authserver.SigningKeys;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Shows the public signing keys to everyone who asks (RFC 7517 section 5). Safe for use by several
 * threads.
 */
final class KeyPublication {

  private static final String MEDIA_TYPE = "application/jwk-set+json";

  private final SigningKeys keys;
  private final PublicationSettings settings;

  KeyPublication(SigningKeys keys, PublicationSettings settings) {
    this.keys = keys;
    this.settings = settings;
  }

  /** Whether a request is for exactly the path of the keys. */
  boolean isAt(ResourceRequest request) {
    return request.path().equals(settings.path());
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
    byte[] body = keys.publicKeys().orElseThrow().getBytes(UTF_8);
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Cache-Control", "max-age=" + settings.maxAge().toSeconds());
    response.setContentLength(body.length);
    return body;
  }
}
