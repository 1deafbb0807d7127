/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Compares a certificate with {@code cnf.x5t#S256} (RFC 8705 section 3.1), in constant time. */
final class CertificateBinding {

  private CertificateBinding() {}

  static boolean holds(X509Certificate certificate, String thumbprint) {
    return MessageDigest.isEqual(
        thumbprint(certificate).getBytes(StandardCharsets.US_ASCII),
        thumbprint.getBytes(StandardCharsets.UTF_8));
  }

  private static String thumbprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate from a TLS handshake has an encoding", e);
    }
  }
}
