/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.forwarding.ForwardingSettings.CertificateFormat;
import dev.portcullis.testing.CpuLimit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Certificates as a proxy passes them on: damaged ones in a good wrapping, and anything at all as
 * the value of the header.
 */
class CertificateHeaderFuzz {

  private static final int LONGEST = 17 * 1024;
  private static final CpuLimit LIMIT = new CpuLimit(5);

  /** A self-signed certificate for a P-256 key, made for this. */
  private static final byte[] GOOD =
      Base64.getDecoder()
          .decode(
              "MIIBwjCCAWigAwIBAgIUOsN79gSCCx7qLebdXcezibDe8+8wCgYIKoZIzj0EAwIwKzEPMA0GA1UE"
                  + "AwwGY2xpZW50MRgwFgYDVQQKDA9Qb3J0Y3VsbGlzIFRlc3QwHhcNMjYxMTI0MTI1NDU1WhcNMzYx"
                  + "MTIxMTI1NDU1WjArMQ8wDQYDVQQDDAZjbGllbnQxGDAWBgNVBAoMD1BvcnRjdWxsaXMgVGVzdDBZ"
                  + "MBMGByqGSM49AgEGCCqGSM49AwEHA0IABB0+GlABav6MjOFwT93lZQJrdX1HejXxM1Sa+Bo3ryNM"
                  + "3eGKmDJG33ngJL8ejcLCKwkMb+3jH3s5KykupF9akTKjajBoMB0GA1UdDgQWBBQAPbAHIPbczN8d"
                  + "dWCS/i9mC5sL1zAfBgNVHSMEGDAWgBQAPbAHIPbczN8ddWCS/i9mC5sL1zAPBgNVHRMBAf8EBTAD"
                  + "AQH/MBUGA1UdEQQOMAyGCnVybjpjbGllbnQwCgYIKoZIzj0EAwIDSAAwRQIgDTCBMqzB8mi1YX3M"
                  + "dFNOxTX5bpVWdULYHlCLzB24TQMCIQDfqny1+/OGbML+zaaNwU+KufpMSaokKRUCPzkggkxn4A==");

  @FuzzTest(maxDuration = "10m")
  void damagedCertificate_isNone(FuzzedDataProvider data) throws Exception {
    CertificateFormat format = data.pickValue(CertificateFormat.values());
    byte[] der = GOOD.clone();
    for (int i = data.consumeInt(0, 4); i > 0; i--) {
      der[data.consumeInt(0, der.length - 1)] = data.consumeByte();
    }
    byte[] more = data.consumeRemainingAsBytes();
    byte[] all = Arrays.copyOf(der, der.length + more.length);
    System.arraycopy(more, 0, all, der.length, more.length);
    String value = wrapped(all, format);
    LIMIT.run(() -> check(value, format, all));
  }

  @FuzzTest(maxDuration = "10m")
  void anyValue_isCertificateOrNone(FuzzedDataProvider data) throws Exception {
    CertificateFormat format = data.pickValue(CertificateFormat.values());
    String value =
        data.consumeBoolean()
            ? data.consumeRemainingAsString()
            : wrapped(data.consumeRemainingAsBytes(), format);
    if (value.length() <= LONGEST) {
      LIMIT.run(() -> CertificateHeader.read(List.of(value), format));
    }
  }

  /** What is taken for a certificate is one, and nothing was dropped of what was sent. */
  private static void check(String value, CertificateFormat format, byte[] der) throws Exception {
    Optional<X509Certificate> read = CertificateHeader.read(List.of(value), format);
    if (read.isPresent()) {
      assertArrayEquals(der, read.get().getEncoded());
      assertTrue(value.length() <= 16 * 1024);
    }
  }

  private static String wrapped(byte[] der, CertificateFormat format) {
    String base64 = Base64.getEncoder().encodeToString(der);
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + base64.replaceAll("(.{64})", "$1\n")
            + "\n-----END CERTIFICATE-----\n";
    return switch (format) {
      case RFC9440 -> ":" + base64 + ":";
      case PEM_URLENCODED -> URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
      case PEM_BASE64 -> base64;
    };
  }
}
