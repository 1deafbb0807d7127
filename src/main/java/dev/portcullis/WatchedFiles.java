/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.authserver.ClientSettings;
import dev.portcullis.authserver.IntrospectionJwtSettings;
import dev.portcullis.authserver.RegisteredKey;
import dev.portcullis.authserver.SigningKeys;
import dev.portcullis.http.ApacheHttpTransport;
import dev.portcullis.http.ProxySettings;
import dev.portcullis.keys.FileReload;
import dev.portcullis.keys.KeyEntry;
import dev.portcullis.keys.TlsMaterial;
import java.util.Optional;
import java.util.function.Consumer;

/** The files that settings name, and what is read anew when they change. For one thread. */
final class WatchedFiles {

  private final FilterSettings settings;
  private final FileReload reload;

  WatchedFiles(FilterSettings settings, FileReload reload) {
    this.settings = settings;
    this.reload = reload;
  }

  /**
   * Watches all of them from now on.
   *
   * @param news what is told of a key pair for TLS that was read anew
   */
  void watch(
      TlsMaterial material,
      ApacheHttpTransport transport,
      Optional<SigningKeys> keys,
      Consumer<KeyEntry> news) {
    watchTrust(material, transport);
    watchIdentity(material, transport, news);
    keys.ifPresent(this::watchSigningKey);
    watchSecrets();
    watchDecryptionKey();
    reload.every(settings.keys().reloadInterval());
  }

  private void watchTrust(TlsMaterial material, ApacheHttpTransport transport) {
    settings
        .server()
        .trust()
        .filesBySetting()
        .forEach(
            (setting, files) ->
                reload.watch(
                    setting,
                    files,
                    () -> {
                      material.rereadTrust();
                      transport.closeIdle();
                    }));
  }

  private void watchIdentity(
      TlsMaterial material, ApacheHttpTransport transport, Consumer<KeyEntry> news) {
    settings
        .server()
        .client()
        .keyPair()
        .ifPresent(
            pair ->
                reload.watch(
                    pair.fileSetting(),
                    pair.files(),
                    () -> {
                      material.rereadIdentity();
                      transport.closeIdle();
                      material.identity().ifPresent(news);
                    }));
    if (material.identity().isPresent()) {
      reload.watchValidity(ClientSettings.KEY_PAIR, () -> material.identity().orElseThrow());
    }
  }

  /** A key that is made here is watched by who makes it. */
  private void watchSigningKey(SigningKeys keys) {
    if (keys instanceof RegisteredKey key) {
      reload.watch(key.keyPair().fileSetting(), key.keyPair().files(), key::reread);
      reload.watchValidity(ClientSettings.KEY_PAIR, key::entry);
    }
  }

  private void watchSecrets() {
    settings.server().client().renewable().ifPresent(reload::watch);
    settings
        .http()
        .proxy()
        .flatMap(ProxySettings::login)
        .ifPresent(login -> reload.watch(login.password()));
  }

  private void watchDecryptionKey() {
    settings
        .server()
        .introspectionJwt()
        .flatMap(IntrospectionJwtSettings::encryption)
        .ifPresent(
            encryption ->
                reload.watch(
                    encryption.keyPair().fileSetting(),
                    encryption.keyPair().files(),
                    encryption.key()::reread));
  }
}
