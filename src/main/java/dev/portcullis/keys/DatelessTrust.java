/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks a path as of the days on which its certificates began, until one of these days will do;
 * everything else is checked as always. There must have been a day on which all certificates below
 * the anchor were valid. Immutable.
 */
final class DatelessTrust extends ServerTrust {

  private final Function<Instant, X509ExtendedTrustManager> asOf;

  /** Asks what decides as of a day. */
  DatelessTrust(Function<Instant, X509ExtendedTrustManager> asOf) {
    this.asOf = asOf;
  }

  @Override
  void check(X509Certificate[] chain, Check check) throws CertificateException {
    CertificateException failure = new CertificateException("there is no certificate");
    for (Instant day : beginnings(chain)) {
      try {
        check.by(asOf.apply(day));
        return;
      } catch (CertificateException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private static List<Instant> beginnings(X509Certificate[] chain) {
    return Arrays.stream(chain)
        .map(certificate -> certificate.getNotBefore().toInstant())
        .distinct()
        .toList();
  }
}
