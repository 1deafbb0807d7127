/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.keys.KeyEntry;
import dev.portcullis.keys.KeyPairFile;
import dev.portcullis.keys.UnusableFileException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;

/**
 * The private key that answers are encrypted to, read anew when its file changes. Never prints it.
 * Safe for use by several threads.
 */
public final class DecryptionKey {

  private static final int FEWEST_BITS = 2048;
  private static final Set<Integer> CURVES = Set.of(256, 384, 521);

  private final KeyPairFile file;
  private final String algorithm;
  private volatile KeyEntry current;

  private DecryptionKey(KeyPairFile file, String algorithm, KeyEntry current) {
    this.file = file;
    this.algorithm = algorithm;
    this.current = current;
  }

  /** Reads the key; empty if it is of another kind than the algorithm takes, or too small. */
  static Optional<DecryptionKey> of(KeyPairFile file, String algorithm)
      throws UnusableFileException {
    KeyEntry entry = file.load();
    return fits(entry.certificate().getPublicKey(), algorithm)
        ? Optional.of(new DecryptionKey(file, algorithm, entry))
        : Optional.empty();
  }

  /** The key to decrypt with now. */
  public PrivateKey privateKey() {
    return current.key();
  }

  /** The public key that belongs to it. */
  public PublicKey publicKey() {
    return current.certificate().getPublicKey();
  }

  /**
   * Reads the key anew.
   *
   * @throws UnusableFileException if there is none; then all is as before
   * @throws IllegalStateException if it is of another kind; then too
   */
  public void reread() throws UnusableFileException {
    KeyEntry entry = file.load();
    if (!fits(entry.certificate().getPublicKey(), algorithm)) {
      throw new IllegalStateException("the new key cannot decrypt as is set");
    }
    current = entry;
  }

  private static boolean fits(PublicKey key, String algorithm) {
    if (algorithm.startsWith("RSA")) {
      return key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= FEWEST_BITS;
    }
    return key instanceof ECPublicKey point
        && CURVES.contains(point.getParams().getCurve().getField().getFieldSize());
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "DecryptionKey";
  }
}
