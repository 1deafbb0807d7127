/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.util.Map;

/**
 * The client identifier in the body and nothing more: by it the server finds the client whose
 * certificate the TLS handshake must show (RFC 8705 section 2), or a client that needs no
 * credentials. Immutable.
 */
final class ClientIdOnly implements ClientAuthentication {

  private final Credential credential;

  ClientIdOnly(String clientId) {
    credential = new Credential(Map.of(), "client_id=" + FormBody.encode(clientId));
  }

  @Override
  public Credential present() {
    return credential;
  }
}
