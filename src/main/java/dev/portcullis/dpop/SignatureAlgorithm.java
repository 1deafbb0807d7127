/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.util.Arrays;
import java.util.Optional;

/**
 * The asymmetric signature algorithms a proof may use (RFC 7518 section 3.1, RFC 8037 section 3.1,
 * RFC 9864 section 2.2), each with the one kind of key that goes with it. There is neither {@code
 * none} nor a MAC among them.
 */
public enum SignatureAlgorithm {
  /** ECDSA on P-256 with SHA-256. */
  ES256("ES256", KeyType.EC, "P-256", "SHA256withECDSAinP1363Format"),
  /** ECDSA on P-384 with SHA-384. */
  ES384("ES384", KeyType.EC, "P-384", "SHA384withECDSAinP1363Format"),
  /** ECDSA on P-521 with SHA-512. */
  ES512("ES512", KeyType.EC, "P-521", "SHA512withECDSAinP1363Format"),
  /** RSASSA-PSS with SHA-256. */
  PS256("PS256", KeyType.RSA, "", "SHA-256"),
  /** RSASSA-PSS with SHA-384. */
  PS384("PS384", KeyType.RSA, "", "SHA-384"),
  /** RSASSA-PSS with SHA-512. */
  PS512("PS512", KeyType.RSA, "", "SHA-512"),
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256("RS256", KeyType.RSA, "", "SHA256withRSA"),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384("RS384", KeyType.RSA, "", "SHA384withRSA"),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512("RS512", KeyType.RSA, "", "SHA512withRSA"),
  /** EdDSA; Ed25519 is its only curve here. */
  EDDSA("EdDSA", KeyType.OKP, "Ed25519", "Ed25519"),
  /** The same under its fully specified name. */
  ED25519("Ed25519", KeyType.OKP, "Ed25519", "Ed25519");

  /** The value of {@code kty} (RFC 7518 section 6.1, RFC 8037 section 2). */
  enum KeyType {
    EC,
    RSA,
    OKP
  }

  private final String text;
  private final KeyType keyType;
  private final String curve;
  private final String jca;

  SignatureAlgorithm(String text, KeyType keyType, String curve, String jca) {
    this.text = text;
    this.keyType = keyType;
    this.curve = curve;
    this.jca = jca;
  }

  /** The algorithm of that name, its case regarded. */
  public static Optional<SignatureAlgorithm> named(String name) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.text.equals(name)).findFirst();
  }

  KeyType keyType() {
    return keyType;
  }

  /** The value of {@code crv} of its keys, empty for RSA. */
  String curve() {
    return curve;
  }

  boolean isPss() {
    return text.startsWith("PS");
  }

  /** The name by which Java knows the signature; of RSASSA-PSS that of the digest. */
  String jca() {
    return jca;
  }

  /** The name as {@code alg} spells it. */
  @Override
  public String toString() {
    return text;
  }
}
