/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks a path as of a day on which its certificates were all valid, if there ever was one;
 * everything else is checked as always. Immutable.
 */
final class DatelessTrustManager extends X509ExtendedTrustManager {

  private final PKIXBuilderParameters parameters;

  DatelessTrustManager(PKIXBuilderParameters parameters) {
    this.parameters = (PKIXBuilderParameters) parameters.clone();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    asOf(chain).checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    asOf(chain).checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    asOf(chain).checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no client is trusted here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("no client is trusted here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no client is trusted here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private X509ExtendedTrustManager asOf(X509Certificate[] chain) throws CertificateException {
    PKIXBuilderParameters dated = (PKIXBuilderParameters) parameters.clone();
    dated.setDate(Date.from(latestBeginning(chain)));
    try {
      return TrustGroup.manager(dated);
    } catch (GeneralSecurityException e) {
      throw new CertificateException("the path cannot be checked", e);
    }
  }

  private static Instant latestBeginning(X509Certificate[] chain) throws CertificateException {
    return Arrays.stream(chain)
        .map(certificate -> certificate.getNotBefore().toInstant())
        .max(Comparator.naturalOrder())
        .orElseThrow(() -> new CertificateException("there is no certificate"));
  }
}
