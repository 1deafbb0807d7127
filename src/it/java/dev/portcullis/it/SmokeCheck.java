/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** What the smallest guarded application does in every container. */
public final class SmokeCheck {
  /** Enough for a filter that is never asked to let a token through. */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "as.targets", "127.0.0.1:9",
          "as.introspection-endpoint", "/introspect",
          "as.secure", "false",
          "as.startup-probe", "off",
          "client.id", "smoke",
          "client.secret", "smoke",
          "require.https", "false");

  private SmokeCheck() {}

  /** The file in front of the filter is served, the one behind it is not. */
  public static void run(URI base) throws IOException, InterruptedException {
    HttpResponse<String> open = get(base.resolve(GuardedWebapp.OPEN));
    assertEquals(200, open.statusCode());
    assertEquals("open", open.body());

    HttpResponse<String> guarded = get(base.resolve(GuardedWebapp.GUARDED));
    assertEquals(401, guarded.statusCode(), guarded.body());
    assertTrue(
        guarded.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"),
        () -> guarded.headers().toString());
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
