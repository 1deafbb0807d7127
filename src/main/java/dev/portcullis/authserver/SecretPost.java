/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.RenewableSecret;
import java.util.Map;

/** Client secret in the body (RFC 6749 section 2.3.1). Safe for use by several threads. */
final class SecretPost implements ClientAuthentication {
  private final String clientId;
  private final RenewableSecret secret;

  SecretPost(String clientId, RenewableSecret secret) {
    this.clientId = clientId;
    this.secret = secret;
  }

  @Override
  public Credential present() {
    return new Credential(
        Map.of(),
        "client_id="
            + FormBody.encode(clientId)
            + "&client_secret="
            + FormBody.encode(secret.current().reveal()));
  }

  /** What cannot be read is told by who looks at files from time to time. */
  @Override
  public boolean isReplaced(Credential refused) {
    return !secret.files().isEmpty() && secret.reread().isEmpty() && !present().equals(refused);
  }
}
