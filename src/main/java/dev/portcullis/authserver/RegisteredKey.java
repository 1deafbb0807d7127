/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.keys.KeyEntry;
import dev.portcullis.keys.KeyPairFile;
import dev.portcullis.keys.UnusableFileException;
import java.util.List;
import java.util.Optional;

/**
 * One key that the authorization server knows from its administrator: nothing is made, rolled or
 * published. Safe for use by several threads.
 */
public final class RegisteredKey implements SigningKeys {

  private final SigningKeySettings.Registered settings;
  private final List<SigningAlgorithm> preferred;
  private volatile SigningKeySettings.RegisteredEntry current;

  /**
   * Makes it.
   *
   * @param preferred what it signs by if nothing is set and the key fits, the best first
   */
  RegisteredKey(SigningKeySettings.Registered settings, List<SigningAlgorithm> preferred) {
    this.settings = settings;
    this.preferred = settings.algorithm().isPresent() ? List.of() : List.copyOf(preferred);
    this.current = settings.first().by(this.preferred);
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
            .map(key -> key.by(preferred))
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
