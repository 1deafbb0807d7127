/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.api.Secret;
import java.util.Base64;
import java.util.Map;

/**
 * Client secret by HTTP Basic, identifier and secret form-encoded first (RFC 6749 section 2.3.1).
 * Immutable.
 */
final class SecretBasic implements ClientAuthentication {

  private final Credential credential;

  SecretBasic(String clientId, Secret secret) {
    String pair = FormBody.encode(clientId) + ":" + FormBody.encode(secret.reveal());
    String value = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    credential = new Credential(Map.of("Authorization", "Basic " + value), "");
  }

  @Override
  public Credential present() {
    return credential;
  }
}
