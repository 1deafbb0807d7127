/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;

/**
 * A key on P-256 with its certificate.
 *
 * @param store a PKCS#12 store that holds it and nothing else
 * @param certificate the certificate
 */
record Identity(Path store, X509Certificate certificate) {

  private static final Base64.Encoder BASE_64_URL = Base64.getUrlEncoder().withoutPadding();
  private static final int OCTETS = 32;

  /** The certificate in Base64, without the lines around it. */
  String base64() throws GeneralSecurityException {
    return Base64.getEncoder().encodeToString(certificate.getEncoded());
  }

  /** The certificate in PEM. */
  String pem() throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /** Writes certificates and key in PEM, as servers other than Java's want them. */
  void writePem(Path certificates, Path key) throws GeneralSecurityException, IOException {
    char[] password = Identities.PASSWORD.toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    String alias = keys.aliases().nextElement();
    StringBuilder chain = new StringBuilder();
    for (Certificate one : keys.getCertificateChain(alias)) {
      chain.append(pem("CERTIFICATE", one.getEncoded()));
    }
    Files.writeString(certificates, chain);
    Files.writeString(key, pem("PRIVATE KEY", keys.getKey(alias, password).getEncoded()));
  }

  /** SHA-256 of the certificate, as tokens are bound to it (RFC 8705 section 3.1). */
  String thumbprint() throws GeneralSecurityException {
    return sha256(certificate.getEncoded());
  }

  /** A JWK set with the public key and the certificate (RFC 7517), {@code kid} by RFC 7638. */
  String jwkSet() throws GeneralSecurityException {
    ECPublicKey key = (ECPublicKey) certificate.getPublicKey();
    String required =
        "\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\""
            .formatted(octets(key.getW().getAffineX()), octets(key.getW().getAffineY()));
    return "{\"keys\":[{%s,\"kid\":\"%s\",\"use\":\"sig\",\"alg\":\"ES256\",\"x5c\":[\"%s\"]}]}"
        .formatted(required, sha256(("{" + required + "}").getBytes(UTF_8)), base64());
  }

  /** SHA-256 of the public key, as Keycloak names the key of a certificate. */
  String keyHash() throws GeneralSecurityException {
    return sha256(certificate.getPublicKey().getEncoded());
  }

  private static String pem(String what, byte[] octets) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, lines);
  }

  private static String sha256(byte[] octets) throws GeneralSecurityException {
    return BASE_64_URL.encodeToString(MessageDigest.getInstance("SHA-256").digest(octets));
  }

  private static String octets(BigInteger coordinate) {
    byte[] signed = coordinate.toByteArray();
    byte[] octets = new byte[OCTETS];
    int length = Math.min(signed.length, OCTETS);
    System.arraycopy(signed, signed.length - length, octets, OCTETS - length, length);
    return BASE_64_URL.encodeToString(octets);
  }
}
