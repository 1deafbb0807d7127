/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import dev.portcullis.testing.RawHttp;
import java.io.IOException;

/**
 * A container that serves the guarded application.
 *
 * @param webapp the application
 * @param port where the container listens on the loopback interface
 */
public record Site(GuardedWebapp webapp, int port) {

  /** The context path of the application. */
  public static final String CONTEXT = "/app";

  /** The file name of the application. */
  public static final String WAR = "app.war";

  /** A connection to the container. */
  public RawHttp connect() throws IOException {
    return new RawHttp(port);
  }

  /** The authorization server behind it. */
  public SpringAuthorizationServer server() {
    return webapp.server();
  }

  /** Requests a path inside the application. */
  public RawHttp.Response get(String path, String... fieldLines) throws IOException {
    return RawHttp.get(port, CONTEXT + path, fieldLines);
  }

  /** Requests a path inside the application with a token. */
  public RawHttp.Response getWith(String token, String path) throws IOException {
    return get(path, bearer(token));
  }

  /** The field line that presents a token. */
  public static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }
}
