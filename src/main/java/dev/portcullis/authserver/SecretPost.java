/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.Secret;
import java.util.Map;

/** Client secret in the body (RFC 6749 section 2.3.1). Immutable. */
final class SecretPost implements ClientAuthentication {

  private final String parameters;

  SecretPost(String clientId, Secret secret) {
    parameters =
        "client_id="
            + FormBody.encode(clientId)
            + "&client_secret="
            + FormBody.encode(secret.reveal());
  }

  @Override
  public Map<String, String> headerFields() {
    return Map.of();
  }

  @Override
  public String parameters() {
    return parameters;
  }
}
