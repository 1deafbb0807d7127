/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.api.Reason;
import dev.portcullis.dpop.DpopProof;
import dev.portcullis.dpop.UnverifiedProof;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.Confirmation;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.TokenInfo;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Judges who may use a token: scheme and {@code cnf} must agree (RFC 9449 sections 6 and 7.2, RFC
 * 8705 section 3, RFC 7800 section 3.1). What the token is bound to decides, not what its type
 * says. Safe for use by several threads.
 */
final class SenderConstraint {

  private static final Logger LOG = System.getLogger(SenderConstraint.class.getName());

  private final boolean bindsCertificates;
  private final boolean demandsBinding;
  private final AtomicBoolean hasWarned = new AtomicBoolean();

  SenderConstraint(boolean bindsCertificates, boolean demandsBinding) {
    this.bindsCertificates = bindsCertificates;
    this.demandsBinding = demandsBinding;
  }

  /**
   * Checks that the request may use the token.
   *
   * @throws RefusedException if it may not
   */
  ProvenToken prove(ResourceRequest request, ValidToken token, Optional<DpopProof> proof)
      throws RefusedException {
    Confirmation confirmation = token.info().confirmation();
    if (proof.isPresent()) {
      prove(proof.get(), confirmation);
    } else if (confirmation.keyThumbprint().isPresent()) {
      throw refused(Reason.DPOP_DOWNGRADE, "");
    } else if (says(AuthScheme.DPOP, token)) {
      throw refused(Reason.DPOP_NOT_ACCEPTED, "");
    }
    if (confirmation.isUnknown()) {
      throw refused(Reason.CERTIFICATE_BINDING_MISMATCH, "");
    }
    if (confirmation.certificateThumbprint().isPresent() && bindsCertificates) {
      prove(request.connection().certificate(), confirmation.certificateThumbprint().get());
    }
    if (demandsBinding) {
      checkBinding(token, proof);
    } else if (contradictsItsType(token, proof)) {
      warnOfType();
    }
    return new ProvenToken(token, proof);
  }

  /** FAPI 2.0 Security Profile section 5.3.4: bound, and without contradiction to its type. */
  private static void checkBinding(ValidToken token, Optional<DpopProof> proof)
      throws RefusedException {
    if (proof.isEmpty() && token.info().confirmation().certificateThumbprint().isEmpty()) {
      throw refused(Reason.TOKEN_UNBOUND, "profile");
    }
    if (contradictsItsType(token, proof)) {
      throw refused(Reason.TOKEN_TYPE_UNUSABLE, "profile");
    }
  }

  /**
   * Refuses a proof of a key that a known token is not bound to, before its signature is looked at.
   * What is not bound to any key, or not good any more, is for later.
   *
   * @throws RefusedException if the token is bound to another key
   */
  static void precheck(UnverifiedProof proof, TokenInfo info) throws RefusedException {
    Optional<String> bound = info.confirmation().keyThumbprint();
    if (bound.isPresent() && !isSame(proof.thumbprint(), bound.get())) {
      throw refused(Reason.DPOP_KEY_MISMATCH, "");
    }
  }

  /** RFC 9449 section 4.3, check 12: the key of the proof is the one the token is bound to. */
  private static void prove(DpopProof proof, Confirmation confirmation) throws RefusedException {
    if (confirmation.keyThumbprint().isEmpty()) {
      throw refused(Reason.DPOP_NOT_ACCEPTED, "");
    }
    if (!isSame(proof.thumbprint(), confirmation.keyThumbprint().get())) {
      throw refused(Reason.DPOP_KEY_MISMATCH, "");
    }
  }

  /** Other types than the two schemes say what kind of token it is, not how it is presented. */
  private static boolean contradictsItsType(ValidToken token, Optional<DpopProof> proof) {
    return proof.isPresent() && says(AuthScheme.BEARER, token);
  }

  /** Once: RFC 9449 section 6.2 leaves no other scheme to a token that is bound to a key. */
  private void warnOfType() {
    if (hasWarned.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "The authorization server gives a token that is bound to a DPoP key another token_type"
              + " than DPoP. The binding counts.");
    }
  }

  private static boolean isSame(String proven, String bound) {
    return MessageDigest.isEqual(
        proven.getBytes(StandardCharsets.US_ASCII), bound.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean says(AuthScheme scheme, ValidToken token) {
    return token.info().tokenType().filter(scheme::isNamed).isPresent();
  }

  private static void prove(Optional<X509Certificate> certificate, String thumbprint)
      throws RefusedException {
    if (certificate.isEmpty()) {
      throw refused(Reason.CERTIFICATE_MISSING, "token.certificate-binding");
    }
    if (!CertificateBinding.holds(certificate.get(), thumbprint)) {
      throw refused(Reason.CERTIFICATE_BINDING_MISMATCH, "token.certificate-binding");
    }
  }

  private static RefusedException refused(Reason reason, String setting) {
    return RefusedException.of(OAuthError.INVALID_TOKEN, reason, setting);
  }
}
