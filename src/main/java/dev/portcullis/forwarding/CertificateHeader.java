/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import dev.portcullis.forwarding.ForwardingSettings.CertificateFormat;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the certificate of a client from the header in which a trusted proxy passes it on. What is
 * there twice, too long, or not a certificate is none.
 */
final class CertificateHeader {

  private static final int LONGEST = 16 * 1024;
  private static final Pattern RFC_9440 = Pattern.compile(":([A-Za-z0-9+/]+={0,2}):");
  private static final Pattern ARMOUR = Pattern.compile("-----(?:BEGIN|END) CERTIFICATE-----|\\s");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

  private CertificateHeader() {}

  static Optional<X509Certificate> read(List<String> lines, CertificateFormat format) {
    if (lines.size() != 1 || lines.get(0).length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return der(lines.get(0), format).flatMap(CertificateHeader::certificate);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // neither base64 nor URL-encoded
    }
  }

  private static Optional<byte[]> der(String value, CertificateFormat format) {
    return switch (format) {
      case RFC9440 ->
          RFC_9440
              .matcher(value)
              .results()
              .findFirst()
              .filter(found -> found.group().length() == value.length())
              .map(found -> Base64.getDecoder().decode(found.group(1)));
      case PEM_URLENCODED ->
          pem(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.US_ASCII));
      case PEM_BASE64 -> base64Pem(value);
    };
  }

  /** A PEM text in base64 once more, or a PEM text or its base64 as it is. */
  private static Optional<byte[]> base64Pem(String value) {
    if (BASE64.matcher(value).matches()) {
      byte[] decoded = Base64.getDecoder().decode(value);
      String text = new String(decoded, StandardCharsets.US_ASCII);
      return text.startsWith("-----BEGIN") ? pem(text) : Optional.of(decoded);
    }
    return pem(value);
  }

  private static Optional<byte[]> pem(String text) {
    String base64 = ARMOUR.matcher(text).replaceAll("");
    return BASE64.matcher(base64).matches()
        ? Optional.of(Base64.getDecoder().decode(base64))
        : Optional.empty();
  }

  private static Optional<X509Certificate> certificate(byte[] der) {
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(der);
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return in.available() == 0 ? Optional.of(certificate) : Optional.empty();
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }
}
