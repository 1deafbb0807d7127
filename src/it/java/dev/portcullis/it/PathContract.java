/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import dev.portcullis.testing.RawHttp.Response;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In every container: a path with one meaning is served, however it is spelled. */
public interface PathContract {

  /** Where the application is served. */
  Site site();

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/x/y", "/a%20b", "/a+b", "/a%2bb", "/caf%c3%a9", "/%61", "/.x", "/a..b"})
  @DisplayName("A good token reaches a path that is spelled in its own way")
  default void goodPath_isServed(String rest) throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read", "orders:write");

    Response response = site().getWith(token, GuardedWebapp.VAULT + rest);

    assertEquals(200, response.status(), response::toString);
    assertEquals("the vault is open", response.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {";v=1", ";jsessionid=1", "/a;v=1/b"})
  @DisplayName("A path parameter is no hindrance")
  default void pathParameter_isNoHindrance(String rest) throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read", "orders:write");

    Response response = site().getWith(token, GuardedWebapp.VAULT + rest);

    assertEquals(200, response.status(), response::toString);
  }
}
