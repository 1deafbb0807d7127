/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.GuardedWebapp;
import dev.portcullis.it.Site;
import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In containers that speak HTTP/2 without TLS (RFC 9113 section 3.2, as it once was). */
public interface H2cContract {

  /** Where the application is served. */
  Site site();

  @Test
  @DisplayName("HTTP/2: a good token passes, none is refused")
  default void requestOverHttp2_isJudged() throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");
    HttpClient client = HttpClient.newHttpClient();

    HttpResponse<String> passed =
        client.send(
            request().header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
    HttpResponse<String> refused = client.send(request().build(), BodyHandlers.ofString());

    assertEquals(HttpClient.Version.HTTP_2, passed.version());
    assertEquals(200, passed.statusCode());
    assertTrue(passed.body().contains("principal=client:demo"), passed.body());
    assertEquals(HttpClient.Version.HTTP_2, refused.version());
    assertEquals(401, refused.statusCode());
    assertEquals("Bearer realm=\"api\"", refused.headers().firstValue("WWW-Authenticate").get());
  }

  @Test
  @DisplayName("Finding 7: a refused body over HTTP/2 is read away, or its stream ends at once")
  default void finding7_refusedBodyOverHttp2_ends() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    assertEquals(401, client.send(request().build(), BodyHandlers.discarding()).statusCode());
    HttpRequest post = request().POST(BodyPublishers.ofByteArray(new byte[2_000_000])).build();

    try {
      assertEquals(401, client.send(post, BodyHandlers.discarding()).statusCode());
    } catch (HttpTimeoutException e) {
      throw new AssertionError("the stream does not end", e);
    } catch (IOException e) {
      assertNotNull(e.getMessage(), e::toString); // RST_STREAM or GOAWAY, as the container likes
    }
  }

  private HttpRequest.Builder request() {
    URI echo = URI.create("http://127.0.0.1:" + site().port() + Site.CONTEXT + GuardedWebapp.ECHO);
    return HttpRequest.newBuilder(echo).timeout(Duration.ofSeconds(30));
  }
}
