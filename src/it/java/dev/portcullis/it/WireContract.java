/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In every container: requests on whose meaning two readers may differ. */
public interface WireContract {

  /** Where the application is served. */
  Site site();

  /**
   * Some are refused by the container already, some by the filter; none reaches the application.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/guarded%2fecho",
        "/guarded/%2fecho",
        "/guarded%5cecho",
        "/guarded\\echo",
        "/guarded/echo%00",
        "/guarded/echo%01",
        "/guarded/echo%7f",
        "/guarded/%2e/echo",
        "/open.txt/%2e%2e/guarded/echo",
        "/cached/%2e%2e/guarded/echo",
        "/cached/..;/guarded/echo",
        "/cached/..;a=b/guarded/echo",
        "/guarded/.;/echo",
        "/guarded/;/echo",
        "/guarded/;a=b/echo",
        "/guarded/echo%",
        "/guarded/echo%zz",
        "/guarded/ech%6",
        "/guarded/%c0%af",
        "/guarded/%e0%80%ae%e0%80%ae/echo",
        "/guarded/%ff"
      })
  @DisplayName("Ambiguous paths: 400, with a good token too (HTTP-01)")
  default void ambiguousPath_isRefused(String path) throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");

    Response response = site().getWith(token, path);

    assertEquals(400, response.status(), response::toString);
    if (!response.challenges().isEmpty()) {
      Refusal.INVALID_REQUEST.matches(response);
    }
  }

  /** However they are spelled, paths are not taken for the excluded ones that they begin with. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/open.txt/../guarded/echo",
        "/cached/../guarded/echo",
        "//guarded/echo",
        "/guarded//echo",
        "/%67uarded/echo",
        "/guarded/echo;a=b",
        "/guarded;/echo",
        "/./guarded/echo",
        "/guarded/echo/"
      })
  @DisplayName("Other spellings of a path are guarded like the path (HTTP-02)")
  default void otherSpelling_isGuarded(String path) throws Exception {
    Response response = site().get(path);

    assertTrue(response.status() == 401 || response.status() == 400, response::toString);
  }

  /** What the body says is never taken for a request. */
  @ParameterizedTest
  @ValueSource(ints = {0, 10_000, 5_000_000})
  @DisplayName("A refused body is read away, or the connection ends (HTTP-19)")
  default void bodyOfRefusedRequest_isNoRequest(int padding) throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");
    String smuggled =
        "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n"
            .formatted(Site.CONTEXT + GuardedWebapp.ECHO, Site.bearer(token));

    try (RawHttp http = site().connect()) {
      Optional<Response> refused =
          unlessClosed(
              () -> http.post(Site.CONTEXT + GuardedWebapp.ECHO, smuggled + " ".repeat(padding)));
      refused.ifPresent(Refusal.UNAUTHENTICATED::matches);
      assertTrue(refused.isPresent() || padding > 1_000_000, "no answer");
      Optional<Response> next =
          unlessClosed(() -> http.send("GET", Site.CONTEXT + GuardedWebapp.OPEN));
      next.ifPresent(response -> assertEquals(GuardedWebapp.OPEN_TEXT, response.body()));
    }
    try (RawHttp http = site().connect()) {
      Response read = http.post(Site.CONTEXT + GuardedWebapp.ECHO, smuggled, Site.bearer(token));
      assertTrue(read.body().startsWith("method=POST"), read::toString);
      assertEquals(
          GuardedWebapp.OPEN_TEXT, http.send("GET", Site.CONTEXT + GuardedWebapp.OPEN).body());
    }
  }

  /** Nothing of a request comes back. */
  @Test
  @DisplayName("Nothing of the request is reflected (ERR-10)")
  default void request_isNotReflected() throws Exception {
    Response response = site().get(GuardedWebapp.ECHO + "?x=%0d%0aSet-Cookie:a=b", "X-Evil: evil");

    Refusal.UNAUTHENTICATED.matches(response);
    assertFalse(response.toString().contains("evil"));
  }

  private static Optional<Response> unlessClosed(Refusal.Request request) throws Exception {
    try {
      return Optional.of(request.send());
    } catch (IOException e) {
      return Optional.empty(); // the container has closed the connection, as it may
    }
  }
}
