/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.config.RenewableSecret;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Client secret by HTTP Basic, identifier and secret form-encoded first (RFC 6749 section 2.3.1),
 * or as they are (RFC 7617) for servers that do not decode them. Safe for use by several threads.
 */
final class SecretBasic implements ClientAuthentication {
  private static final String AUTHORIZATION = "Authorization";

  private final String clientId;
  private final RenewableSecret secret;

  private final UnaryOperator<String> encoding;

  private SecretBasic(String clientId, RenewableSecret secret, UnaryOperator<String> encoding) {
    this.clientId = clientId;
    this.secret = secret;
    this.encoding = encoding;
  }

  static SecretBasic encoded(String clientId, RenewableSecret secret) {
    return new SecretBasic(clientId, secret, FormBody::encode);
  }

  static SecretBasic raw(String clientId, RenewableSecret secret) {
    return new SecretBasic(clientId, secret, UnaryOperator.identity());
  }

  @Override
  public Credential present() {
    String pair = encoding.apply(clientId) + ":" + encoding.apply(secret.current().reveal());
    String value = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    return new Credential(Map.of(AUTHORIZATION, "Basic " + value), "");
  }

  /** What cannot be read is told by who looks at files from time to time. */
  @Override
  public boolean isReplaced(Credential refused) {
    return !secret.files().isEmpty() && secret.reread().isEmpty() && !present().equals(refused);
  }
}
