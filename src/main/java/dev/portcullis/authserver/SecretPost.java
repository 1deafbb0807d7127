/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.Secret;
import java.util.Map;

/** Client secret in the body (RFC 6749 section 2.3.1). Immutable. */
final class SecretPost implements ClientAuthentication {

  private final Credential credential;

  SecretPost(String clientId, Secret secret) {
    credential =
        new Credential(
            Map.of(),
            "client_id="
                + FormBody.encode(clientId)
                + "&client_secret="
                + FormBody.encode(secret.reveal()));
  }

  @Override
  public Credential present() {
    return credential;
  }
}
