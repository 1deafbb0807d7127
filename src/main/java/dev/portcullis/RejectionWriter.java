/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.ChallengeSettings;
import dev.portcullis.access.ChallengeSettings.Body;
import dev.portcullis.access.Rejected;
import dev.portcullis.json.JsonWriter;
import dev.portcullis.oauth.Challenge;
import dev.portcullis.oauth.OAuthError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Answers a refused request: status, challenges, a constant body. Nothing of the request is
 * reflected, and {@code sendError} is not used, so that no error page of the container's takes its
 * place. Immutable.
 */
final class RejectionWriter {

  private static final byte[] NOTHING = new byte[0];

  private final Map<OAuthError, byte[]> bodies = new EnumMap<>(OAuthError.class);

  RejectionWriter(ChallengeSettings settings) {
    for (OAuthError error : OAuthError.values()) {
      bodies.put(error, settings.body() == Body.JSON ? json(error, settings) : NOTHING);
    }
  }

  void write(Rejected rejected, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.resetBuffer(); // of a page that was passed and then dispatches to what it may not
    response.setStatus(rejected.status());
    response.setHeader("Cache-Control", "no-store");
    boolean isFirst = true;
    for (Challenge challenge : rejected.challenges()) {
      if (isFirst) {
        response.setHeader("WWW-Authenticate", challenge.toString());
      } else {
        response.addHeader("WWW-Authenticate", challenge.toString());
      }
      isFirst = false;
    }
    rejected.nonce().ifPresent(nonce -> response.setHeader("DPoP-Nonce", nonce));
    rejected
        .retryAfter()
        .ifPresent(time -> response.setHeader("Retry-After", Long.toString(wholeSeconds(time))));
    writeBody(rejected.error().map(bodies::get).orElse(NOTHING), request, response);
  }

  private static void writeBody(
      byte[] body, HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setContentLength(body.length);
    if (body.length > 0) {
      response.setContentType("application/json");
      if (!request.getMethod().equals("HEAD")) {
        send(body, response);
      }
    }
  }

  /** A page that was passed before may have taken the writer, and then there is no stream. */
  private static void send(byte[] body, HttpServletResponse response) throws IOException {
    try {
      response.getOutputStream().write(body);
    } catch (IllegalStateException e) {
      response.getWriter().write(new String(body, StandardCharsets.US_ASCII));
    }
  }

  /** Rounded up, and never less than one. */
  private static long wholeSeconds(Duration time) {
    return Math.max(1, time.plusNanos(999_999_999).toSeconds());
  }

  private static byte[] json(OAuthError error, ChallengeSettings settings) {
    String text = "{\"error\":" + JsonWriter.quote(error.code());
    if (settings.hasDescription()) {
      text += ",\"error_description\":" + JsonWriter.quote(error.description());
    }
    return (text + "}").getBytes(StandardCharsets.UTF_8);
  }
}
