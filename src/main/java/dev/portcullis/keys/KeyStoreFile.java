/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import dev.portcullis.config.RenewableSecret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A key store in PKCS#12 or JKS. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyStoreFile(KeyStore store, char[] password) {

  static KeyStoreFile open(Path file, Optional<RenewableSecret> password, String key)
      throws UnusableFileException {
    char[] characters = characters(password);
    byte[] content = Certificates.read(file, key);
    try {
      // Reads JKS too, whatever its name says.
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(content), characters);
      return new KeyStoreFile(store, characters);
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableFileException(
          key, "'" + file + "' is no PKCS#12 or JKS store that this password opens.");
    }
  }

  static char[] characters(Optional<RenewableSecret> password) {
    return password.map(secret -> secret.current().reveal()).orElse("").toCharArray();
  }

  List<String> aliases() throws GeneralSecurityException {
    return Collections.list(store.aliases());
  }
}
