/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Refuses what is trusted but revoked (RFC 5280 section 6.3, RFC 6960). Each certificate below the
 * anchor is looked at for itself, so that one whose status cannot be found out hides no other.
 * Immutable.
 */
final class RevocationTrust extends ServerTrust {

  private final X509ExtendedTrustManager trust;
  private final IssuerPaths paths;
  private final TrustGroup.Revocation settings;

  /**
   * Checks what another one trusts.
   *
   * @param trust decides about all but revocation
   */
  RevocationTrust(
      X509ExtendedTrustManager trust,
      Set<X509Certificate> anchors,
      TrustGroup.Revocation settings) {
    this.trust = trust;
    this.paths = new IssuerPaths(anchors);
    this.settings = settings;
  }

  @Override
  void check(X509Certificate[] chain, Check check) throws CertificateException {
    check.by(trust);
    List<IssuerPaths.Link> path =
        paths
            .from(List.of(chain))
            .orElseThrow(() -> new CertificateException("the issuers are not all there"));
    for (IssuerPaths.Link link : path) {
      check(link);
    }
  }

  /** As of now, whatever is said of dates: lists and answers are of now. */
  private void check(IssuerPaths.Link link) throws CertificateException {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(link.issuer(), null)));
      parameters.setRevocationEnabled(false); // in favour of the checker
      parameters.addCertPathChecker(checker());
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(List.of(link.certificate())),
              parameters);
    } catch (CertPathValidatorException e) {
      if (e.getReason() == BasicReason.REVOKED || settings.deniesUnknown()) {
        throw new CertificateException(
            words(e) + ": " + link.certificate().getSubjectX500Principal(), e);
      }
    } catch (GeneralSecurityException e) {
      throw new CertificateException("revocation cannot be checked", e);
    }
  }

  private static String words(CertPathValidatorException e) {
    return e.getReason() == BasicReason.REVOKED
        ? "the certificate is revoked"
        : "it cannot be found out whether the certificate is revoked";
  }

  /** OCSP first and then the revocation list if both are on; else only the one that is. */
  private PKIXRevocationChecker checker() throws GeneralSecurityException {
    PKIXRevocationChecker checker =
        (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
    Set<Option> options = EnumSet.noneOf(Option.class);
    if (!settings.byOcsp()) {
      options.add(Option.PREFER_CRLS);
    }
    if (!settings.byOcsp() || !settings.byCrl()) {
      options.add(Option.NO_FALLBACK);
    }
    checker.setOptions(options);
    return checker;
  }
}
