/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.util.Optional;

/** The keys that sign client assertions. Safe for use by several threads; never print a key. */
public sealed interface SigningKeys extends AutoCloseable
    permits RegisteredKey, RollingKeys, SharedKeys {

  /** The key that signs now. */
  SigningKey current();

  /** The JWK set to publish (RFC 7517 section 5), if there is one: public members only. */
  Optional<String> publicKeys();

  @Override
  void close();
}
