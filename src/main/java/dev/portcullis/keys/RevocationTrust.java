/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import dev.portcullis.threads.BackgroundThreads;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
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
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Refuses what is trusted but revoked (RFC 5280 section 6.3, RFC 6960). Each certificate below the
 * anchor is looked at for itself, so that one whose status cannot be found out hides no other; all
 * at the same time, and for a second at most. Immutable.
 */
final class RevocationTrust extends ServerTrust {

  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final String UNKNOWN = "it cannot be found out whether the certificate is revoked";

  private final BackgroundThreads threads = new BackgroundThreads("portcullis-revocation");
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
    long end = System.nanoTime() + LIMIT.toNanos();
    for (FutureTask<Optional<CertificateException>> lookup :
        path.stream().map(this::start).toList()) {
      Optional<CertificateException> refusal = verdict(lookup, end - System.nanoTime());
      if (refusal.isPresent()) {
        throw refusal.get();
      }
    }
  }

  /** On a thread of its own: Java gives a list or a responder 15 seconds. */
  private FutureTask<Optional<CertificateException>> start(IssuerPaths.Link link) {
    FutureTask<Optional<CertificateException>> lookup = new FutureTask<>(() -> refusal(link));
    threads.newThread(lookup).start();
    return lookup;
  }

  /** What comes too late is unknown. */
  private Optional<CertificateException> verdict(
      FutureTask<Optional<CertificateException>> lookup, long nanos) throws CertificateException {
    try {
      return lookup.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return settings.deniesUnknown()
          ? Optional.of(new CertificateException(UNKNOWN + " in time", e))
          : Optional.empty();
    } catch (ExecutionException e) {
      throw new CertificateException("revocation cannot be checked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CertificateException("interrupted", e);
    }
  }

  /** As of now, whatever is said of dates: lists and answers are of now. */
  private Optional<CertificateException> refusal(IssuerPaths.Link link)
      throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(link.issuer(), null)));
    parameters.setRevocationEnabled(false); // in favour of the checker
    parameters.addCertPathChecker(checker());
    CertPath path =
        CertificateFactory.getInstance("X.509").generateCertPath(List.of(link.certificate()));
    try {
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return Optional.empty();
    } catch (CertPathValidatorException e) {
      return e.getReason() == BasicReason.REVOKED || settings.deniesUnknown()
          ? Optional.of(
              new CertificateException(
                  words(e) + ": " + link.certificate().getSubjectX500Principal(), e))
          : Optional.empty();
    }
  }

  private static String words(CertPathValidatorException e) {
    return e.getReason() == BasicReason.REVOKED ? "the certificate is revoked" : UNKNOWN;
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
