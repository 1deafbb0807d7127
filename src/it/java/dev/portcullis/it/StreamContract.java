/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In every container: what takes its time, and what is sent in parts. */
public interface StreamContract {

  /** Where the application is served. */
  Site site();

  /** Written by another thread, after the filter has returned. */
  @Test
  @DisplayName("Events that the application sends one after the other reach a good token only")
  default void eventStream_needsAToken() throws Exception {
    AuditFile audit = site().webapp().audit();
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");
    Refusal.UNAUTHENTICATED.expect(site(), "token_missing", () -> site().get(GuardedWebapp.EVENTS));
    int before = audit.size();

    Response response = site().getWith(token, GuardedWebapp.EVENTS);

    assertEquals(200, response.status(), response::toString);
    assertEquals("text/event-stream", response.header("Content-Type").split(";")[0]);
    assertEquals(
        "data: 1 for client:demo\n\ndata: 2 for client:demo\n\ndata: 3 for client:demo\n\n",
        response.body());
    assertEquals("200", audit.awaitAfter(before, "request", 1).get(0).get("responseCode"));
  }

  @Test
  @DisplayName("A form with a file reaches the application with a good token")
  default void uploadWithToken_arrives() throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");

    Response response = upload(Site.bearer(token));

    assertEquals(200, response.status(), response::toString);
    assertEquals("uploaded 11 octets as file.txt by client:demo", response.body());
  }

  @Test
  @DisplayName("A form with a file does not without one, and is not looked into for one")
  default void uploadWithoutToken_isRefused() throws Exception {
    Refusal.UNAUTHENTICATED.expect(site(), "token_missing", () -> upload("X-Nothing: at all"));
  }

  private Response upload(String field) throws IOException {
    String body =
        """
        --cut
        Content-Disposition: form-data; name="access_token"

        token
        --cut
        Content-Disposition: form-data; name="file"; filename="file.txt"
        Content-Type: text/plain

        hello world
        --cut--
        """
            .replace("\n", "\r\n");
    try (RawHttp http = site().connect()) {
      return http.post(
          Site.CONTEXT + GuardedWebapp.UPLOAD,
          body,
          "Content-Type: multipart/form-data; boundary=cut",
          field);
    }
  }
}
