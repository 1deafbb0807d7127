/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A private key and the certificates that belong to it, its own first. Never prints the key.
 * Immutable.
 */
public record KeyEntry(PrivateKey key, List<X509Certificate> chain) {

  /** Copies the chain. */
  public KeyEntry {
    chain = List.copyOf(chain);
  }

  /** The certificate of the key. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** Subject, serial number and expiry of the certificate. */
  @Override
  public String toString() {
    X509Certificate own = certificate();
    return own.getSubjectX500Principal().getName()
        + ", serial "
        + own.getSerialNumber().toString(16)
        + ", valid until "
        + own.getNotAfter().toInstant();
  }

  /** Whether its time is over. */
  boolean isOverAt(Instant time) {
    return time.isAfter(certificate().getNotAfter().toInstant());
  }

  /** Whether its time has begun and is not over. */
  public boolean isValidAt(Instant time) {
    X509Certificate own = certificate();
    return !time.isBefore(own.getNotBefore().toInstant())
        && !time.isAfter(own.getNotAfter().toInstant());
  }
}
