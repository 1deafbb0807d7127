/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.util.Optional;

/**
 * One key that the authorization server knows from its administrator: nothing is made, rolled or
 * published. Immutable.
 */
record RegisteredKey(SigningKey current) implements SigningKeys {

  @Override
  public Optional<String> publicKeys() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
