/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.RenewableSecret;
import java.util.Map;

/**
 * An access token of this client's own (RFC 7662 section 2.1, RFC 6750 section 2.1). Safe for use
 * by several threads.
 */
final class BearerAuthorization implements ClientAuthentication {

  private final RenewableSecret token;

  BearerAuthorization(RenewableSecret token) {
    this.token = token;
  }

  @Override
  public Credential present() {
    return new Credential(Map.of("Authorization", "Bearer " + token.current().reveal()), "");
  }

  /** What cannot be read is told by who looks at files from time to time. */
  @Override
  public boolean isReplaced(Credential refused) {
    return !token.files().isEmpty() && token.reread().isEmpty() && !present().equals(refused);
  }
}
