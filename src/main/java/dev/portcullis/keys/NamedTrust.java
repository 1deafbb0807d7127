/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Tells a certificate that is for another host from one that is not trusted: what decides about
 * both refuses the first and would take it if it did not know the host. Immutable.
 */
final class NamedTrust extends ServerTrust {

  private static final String ANY_KEY_EXCHANGE = "UNKNOWN"; // as TLS 1.3 has it

  private final X509ExtendedTrustManager trust;

  NamedTrust(X509ExtendedTrustManager trust) {
    this.trust = trust;
  }

  @Override
  void check(X509Certificate[] chain, Check check) throws CertificateException {
    try {
      check.by(trust);
    } catch (CertificateException e) {
      throw !concernsPath(e) && isTrusted(chain) ? new WrongNameException(e) : e;
    }
  }

  private static boolean concernsPath(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException
          || cause instanceof CertPathBuilderException) {
        return true;
      }
    }
    return false;
  }

  private boolean isTrusted(X509Certificate[] chain) {
    try {
      trust.checkServerTrusted(chain, ANY_KEY_EXCHANGE);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }
}
