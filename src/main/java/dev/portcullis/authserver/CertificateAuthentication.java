/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.util.Map;

/**
 * A certificate in the TLS handshake, and the client identifier in the body by which the server
 * finds the client whose certificate it must be (RFC 8705 section 2). Immutable.
 */
final class CertificateAuthentication implements ClientAuthentication {

  private final Credential credential;

  CertificateAuthentication(String clientId) {
    credential = new Credential(Map.of(), "client_id=" + FormBody.encode(clientId));
  }

  @Override
  public Credential present() {
    return credential;
  }
}
