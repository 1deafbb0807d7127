/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.webapp;

import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** Tells whoever opens a WebSocket what the application sees of its caller, once. */
@ServerEndpoint("/guarded/socket")
public final class EchoSocket {

  /** For the container. */
  public EchoSocket() {}

  /** The handshake is over. */
  @OnOpen
  public void opened(Session session) throws IOException {
    session.getBasicRemote().sendText("principal=" + session.getUserPrincipal().getName());
  }
}
