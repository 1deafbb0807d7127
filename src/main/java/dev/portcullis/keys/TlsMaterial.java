/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What TLS connections are made with: whom they may lead to, and the certificate shown there. Can
 * be read anew; then connections made with what was before are recognised by their context, and no
 * session of that time is resumed. Safe for use by several threads.
 */
public final class TlsMaterial {

  private final TrustGroup group;
  private final Optional<KeyPairFile> keyPair;
  private volatile Made made;

  private record Made(
      X509ExtendedTrustManager trust, Optional<KeyEntry> identity, SSLContext context) {

    static Made of(X509ExtendedTrustManager trust, Optional<KeyEntry> identity) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = identity.stream().map(OwnCertificate::new).toArray(KeyManager[]::new);
        context.init(keys, new TrustManager[] {trust}, null);
        return new Made(trust, identity, context);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java has no TLS", e);
      }
    }
  }

  private TlsMaterial(TrustGroup group, Optional<KeyPairFile> keyPair, Made made) {
    this.group = group;
    this.keyPair = keyPair;
    this.made = made;
  }

  /**
   * Reads the files.
   *
   * @param group whom connections may lead to
   * @param keyPair what is shown there, if anything
   * @throws UnusableFileException if a file cannot be used
   */
  public static TlsMaterial load(TrustGroup group, Optional<KeyPairFile> keyPair)
      throws UnusableFileException {
    Optional<KeyEntry> identity =
        keyPair.isPresent() ? Optional.of(keyPair.get().load()) : Optional.empty();
    return new TlsMaterial(group, keyPair, Made.of(group.trustManager(), identity));
  }

  /** What connections are made with from now on; another object after each change. */
  public SSLContext context() {
    return made.context();
  }

  /** The key pair shown, if there is one. */
  public Optional<KeyEntry> identity() {
    return made.identity();
  }

  /**
   * Reads the trusted certificates anew.
   *
   * @throws UnusableFileException if they cannot be used; then all is as before
   */
  public synchronized void rereadTrust() throws UnusableFileException {
    made = Made.of(group.trustManager(), made.identity());
  }

  /**
   * Reads the key pair anew.
   *
   * @throws UnusableFileException if it cannot be used; then all is as before
   */
  public synchronized void rereadIdentity() throws UnusableFileException {
    if (keyPair.isPresent()) {
      made = Made.of(made.trust(), Optional.of(keyPair.get().load()));
    }
  }
}
