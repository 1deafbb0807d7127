/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Refuses what is known to be revoked, and lets pass what is trusted but for a status that cannot
 * be found out. Immutable.
 */
final class LenientTrust extends ServerTrust {

  private final List<X509ExtendedTrustManager> strictestFirst;

  /** Asks those in order; the last one does not look at revocation. */
  LenientTrust(List<X509ExtendedTrustManager> strictestFirst) {
    this.strictestFirst = List.copyOf(strictestFirst);
  }

  @Override
  void check(X509Certificate[] chain, Check check) throws CertificateException {
    CertificateException failure = new CertificateException("there is no one to ask");
    for (X509ExtendedTrustManager next : strictestFirst) {
      try {
        check.by(next);
        return;
      } catch (CertificateException e) {
        if (isRevoked(e)) {
          throw e;
        }
        failure = e;
      }
    }
    throw failure;
  }

  private static boolean isRevoked(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException e && e.getReason() == BasicReason.REVOKED) {
        return true;
      }
    }
    return false;
  }
}
