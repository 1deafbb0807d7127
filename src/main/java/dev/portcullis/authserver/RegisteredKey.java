/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.keys.KeyEntry;
import dev.portcullis.keys.KeyPairFile;
import dev.portcullis.keys.UnusableFileException;
import java.util.Optional;

/**
 * One key that the authorization server knows from its administrator: nothing is made, rolled or
 * published. Safe for use by several threads.
 */
public final class RegisteredKey implements SigningKeys {

  private final SigningKeySettings.Registered settings;
  private volatile SigningKeySettings.RegisteredEntry current;

  RegisteredKey(SigningKeySettings.Registered settings) {
    this.settings = settings;
    this.current = settings.first();
  }

  /** Where the key comes from. */
  public KeyPairFile keyPair() {
    return settings.keyPair();
  }

  /**
   * Reads the key anew.
   *
   * @throws UnusableFileException if there is none; then all is as before
   * @throws IllegalStateException if it cannot sign as is set; then too
   */
  public void reread() throws UnusableFileException {
    current =
        settings
            .load()
            .orElseThrow(() -> new IllegalStateException("the new key cannot sign assertions"));
  }

  /** The key pair in use. */
  public KeyEntry entry() {
    return current.entry();
  }

  @Override
  public SigningKey current() {
    return current.key();
  }

  @Override
  public Optional<String> publicKeys() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
