/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * Client certificates with thumbprints that another program has computed. Nobody has the keys any
 * more, and nobody needs them.
 */
public final class ClientCertificates {

  /** The certificate of RFC 8705 appendix A. */
  public static final X509Certificate RFC_8705 =
      certificate(
          "MIIBBjCBrAIBAjAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARtdGxzMB4XDTE4MTAxODEyMzcwOVoXDTIy"
              + "MDUwMjEyMzcwOVowDzENMAsGA1UEAwwEbXRsczBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNcnyxwq"
              + "V6hY8QnhxxzFQ03C7HKW9OylMbnQZjjJ/Au08/coZwxS7LfA4vOLS9WuneIXhbGGWvsDSb0tH6IxLm8w"
              + "CgYIKoZIzj0EAwIDSQAwRgIhAP0RC1E+vwJD/D1AGHGzuri+hlV/PpQEKTWUVeORWz83AiEA5x2eXZOV"
              + "bUlJSGQgjwD5vaUaKlLR50Q2DmFfQj1L+SY=");

  /** Its thumbprint, as printed there. */
  public static final String RFC_8705_THUMBPRINT = "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0";

  /** A certificate that signed itself. */
  public static final X509Certificate CLIENT =
      certificate(
          "MIIBZjCCAQygAwIBAgIBATAKBggqhkjOPQQDAjARMQ8wDQYDVQQDDAZjbGllbnQwIBcNMjYxMTI0MDY0"
              + "NDA1WhgPMjEyNjEwMzEwNjQ0MDVaMBExDzANBgNVBAMMBmNsaWVudDBZMBMGByqGSM49AgEGCCqGSM49"
              + "AwEHA0IABL0AgpRP2pE/qQkWW9vFwGQG5771XTX0SeDCVCZXUVRcEBc4JMc6sK5M3NWvZdKmdHFB+tsT"
              + "LTAgchISOl0XYb+jUzBRMB0GA1UdDgQWBBTRDQzVJ9kYSmaj1uF6v6lMLkYaJTAfBgNVHSMEGDAWgBTR"
              + "DQzVJ9kYSmaj1uF6v6lMLkYaJTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCICXjP2Mc"
              + "SBtblVstDK3OT91qNXlUUjrGvmJDcgVfOyUvAiEA7ZZV1ijxdtrFSzz4Tu+TENzcJVJPSqxLvflNy0Sq"
              + "ico=");

  /** Its SHA-256 thumbprint. */
  public static final String CLIENT_THUMBPRINT = "w9ulwiMmKoB_2dyem1_nFxW6r3sjb0zSIeW_Xo7vrG8";

  /** The same in hexadecimal. */
  public static final String CLIENT_HEX =
      "c3dba5c223262a807fd9dc9e9b5fe71715baaf7b236f4cd221e5bf5e8eefac6f";

  /** Its SHA-1 thumbprint. */
  public static final String CLIENT_SHA_1 = "srC804mvU80dYv7ZxDg-tzWxsaQ";

  /** SHA-256 of its public key. */
  public static final String CLIENT_KEY_THUMBPRINT = "gXn-KxD8UBTHh9dAxozUqZxl9_cy1C2fDrIx00RiKGM";

  /** A later certificate of the same key and subject. */
  public static final X509Certificate RENEWED =
      certificate(
          "MIIBZjCCAQygAwIBAgIBAjAKBggqhkjOPQQDAjARMQ8wDQYDVQQDDAZjbGllbnQwIBcNMjYxMTI0MDY0"
              + "NDA1WhgPMjEyNjEwMzEwNjQ0MDVaMBExDzANBgNVBAMMBmNsaWVudDBZMBMGByqGSM49AgEGCCqGSM49"
              + "AwEHA0IABL0AgpRP2pE/qQkWW9vFwGQG5771XTX0SeDCVCZXUVRcEBc4JMc6sK5M3NWvZdKmdHFB+tsT"
              + "LTAgchISOl0XYb+jUzBRMB0GA1UdDgQWBBTRDQzVJ9kYSmaj1uF6v6lMLkYaJTAfBgNVHSMEGDAWgBTR"
              + "DQzVJ9kYSmaj1uF6v6lMLkYaJTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDZ/Ep+"
              + "ppA1xHm6Ro0U6T83ppEgaY0ttnqk5GsgE0uhNQIgN8JQA1ke0jMhmD3gj8FIWXulcClPIPNXvrO+kLly"
              + "JrI=");

  private ClientCertificates() {}

  private static X509Certificate certificate(String base64) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
