/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds who has issued whom, from the certificate of a server up to an anchor. Immutable. */
record IssuerPaths(Set<X509Certificate> anchors) {

  /** A certificate and who has issued it. */
  record Link(X509Certificate certificate, X509Certificate issuer) {}

  IssuerPaths {
    anchors = Set.copyOf(anchors);
  }

  /** The path of the first certificate, itself first; empty if it leads to no anchor. */
  Optional<List<Link>> from(List<X509Certificate> chain) {
    return path(chain.get(0), chain.subList(1, chain.size()));
  }

  private Optional<List<Link>> path(X509Certificate from, List<X509Certificate> others) {
    if (anchors.contains(from)) {
      return Optional.of(List.of());
    }
    return issuers(from, anchors).stream()
        .findFirst()
        .map(anchor -> List.of(new Link(from, anchor)))
        .or(() -> longer(from, others));
  }

  private Optional<List<Link>> longer(X509Certificate from, List<X509Certificate> others) {
    for (X509Certificate issuer : issuers(from, others)) {
      List<X509Certificate> left = others.stream().filter(one -> !one.equals(issuer)).toList();
      Optional<List<Link>> rest = path(issuer, left);
      if (rest.isPresent()) {
        List<Link> whole = new ArrayList<>(List.of(new Link(from, issuer)));
        whole.addAll(rest.get());
        return Optional.of(whole);
      }
    }
    return Optional.empty();
  }

  private static List<X509Certificate> issuers(
      X509Certificate certificate, Collection<X509Certificate> candidates) {
    return candidates.stream().filter(issuer -> isIssued(certificate, issuer)).toList();
  }

  private static boolean isIssued(X509Certificate certificate, X509Certificate issuer) {
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false; // by another one of that name
    }
  }
}
