/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.config.InvalidConfigurationException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The keys that sign client assertions. Safe for use by several threads; never print a key. */
public sealed interface SigningKeys extends AutoCloseable permits RegisteredKey, RollingKeys {

  /** The key that signs now. */
  SigningKey current();

  /** The JWK set to publish (RFC 7517 section 5), if there is one: public members only. */
  Optional<String> publicKeys();

  @Override
  void close();

  /**
   * Makes the keys ready that the settings ask for; none if nothing is signed.
   *
   * @param discovery knows what the server takes, if it knows that by now
   * @param audit where entries go
   * @throws InvalidConfigurationException if there is a file of keys that cannot be used
   */
  static Optional<SigningKeys> open(
      ClientSettings client, Discovery discovery, InstantSource clock, Consumer<AuditEvent> audit)
      throws InvalidConfigurationException {
    if (!(client.credentials() instanceof ClientCredentials.PrivateKeyJwt jwt)) {
      return Optional.empty();
    }
    List<SigningAlgorithm> preferred = SigningAlgorithm.preferredOf(discovery.signingAlgorithms());
    if (jwt.keys() instanceof SigningKeySettings.Managed managed) {
      RollingKeys keys =
          RollingKeys.open(
              managed,
              preferred,
              clock,
              audit,
              System.getLogger(SigningKeys.class.getPackageName()));
      keys.keepFresh();
      return Optional.of(keys);
    }
    return Optional.of(new RegisteredKey((SigningKeySettings.Registered) jwt.keys(), preferred));
  }
}
