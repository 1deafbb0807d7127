/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In every container: a request that becomes a WebSocket (RFC 6455) is a request like others. */
public interface WebSocketContract {

  /** Where the application is served. */
  Site site();

  /** The filter stands before the handshake. */
  @Test
  @DisplayName("A WebSocket handshake without a token is refused (HTTP-17)")
  default void handshakeWithoutToken_isRefused() throws Exception {
    Refusal.UNAUTHENTICATED.expect(
        site(),
        "token_missing",
        () ->
            site()
                .get(
                    GuardedWebapp.SOCKET,
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
  }

  /** And the endpoint knows its caller. */
  @Test
  @DisplayName("A WebSocket handshake with a token opens it, for that caller (HTTP-17)")
  default void handshakeWithToken_opensTheSocket() throws Exception {
    AuditFile audit = site().webapp().audit();
    int before = audit.size();
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");
    FirstText first = new FirstText(new CompletableFuture<>());
    String url = "ws://127.0.0.1:" + site().port() + Site.CONTEXT + GuardedWebapp.SOCKET;

    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(URI.create(url), first)
            .get(30, TimeUnit.SECONDS);

    assertEquals("principal=client:demo", first.text().get(30, TimeUnit.SECONDS));
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(30, TimeUnit.SECONDS);
    assertEquals("101", audit.awaitAfter(before, "request", 1).get(0).get("responseCode"));
  }

  /**
   * Waits for a message.
   *
   * @param text the first one
   */
  record FirstText(CompletableFuture<String> text) implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.complete(data.toString());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      text.completeExceptionally(error);
    }
  }
}
