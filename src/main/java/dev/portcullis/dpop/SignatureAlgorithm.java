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
  ES256("ES256", KeyType.EC, "P-256", "SHA256withECDSAinP1363Format", "SHA256withECDSA"),
  /** ECDSA on P-384 with SHA-384. */
  ES384("ES384", KeyType.EC, "P-384", "SHA384withECDSAinP1363Format", "SHA384withECDSA"),
  /** ECDSA on P-521 with SHA-512. */
  ES512("ES512", KeyType.EC, "P-521", "SHA512withECDSAinP1363Format", "SHA512withECDSA"),
  /** RSASSA-PSS with SHA-256. */
  PS256("PS256", KeyType.RSA, "", "RSASSA-PSS", "SHA256withRSA/PSS"),
  /** RSASSA-PSS with SHA-384. */
  PS384("PS384", KeyType.RSA, "", "RSASSA-PSS", "SHA384withRSA/PSS"),
  /** RSASSA-PSS with SHA-512. */
  PS512("PS512", KeyType.RSA, "", "RSASSA-PSS", "SHA512withRSA/PSS"),
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256("RS256", KeyType.RSA, "", "SHA256withRSA", "SHA256withRSA"),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384("RS384", KeyType.RSA, "", "SHA384withRSA", "SHA384withRSA"),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512("RS512", KeyType.RSA, "", "SHA512withRSA", "SHA512withRSA"),
  /** EdDSA; Ed25519 is its only curve here. */
  EDDSA("EdDSA", KeyType.OKP, "Ed25519", "Ed25519", "EdDSA"),
  /** The same under its fully specified name. */
  ED25519("Ed25519", KeyType.OKP, "Ed25519", "Ed25519", "EdDSA");

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
  private final String otherJca;

  SignatureAlgorithm(String text, KeyType keyType, String curve, String jca, String otherJca) {
    this.text = text;
    this.keyType = keyType;
    this.curve = curve;
    this.jca = jca;
    this.otherJca = otherJca;
  }

  /** The algorithm of that name, its case regarded. */
  public static Optional<SignatureAlgorithm> named(String name) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.text.equals(name)).findFirst();
  }

  /**
   * Whether a name is its own or the other one of the same algorithm: Ed25519 is the fully
   * specified name of EdDSA (RFC 9864 section 2.2), and libraries put either of them into keys.
   */
  boolean isAlsoNamed(String name) {
    return text.equals(name)
        || named(name).filter(other -> other.jca.equals(jca) && keyType == KeyType.OKP).isPresent();
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

  /** How many bits the digest of an RSA signature has. */
  int digestBits() {
    return Integer.parseInt(text.substring(2));
  }

  /** The name by which Java knows the signature. */
  String jca() {
    return jca;
  }

  /** The name by which providers know it that do not know the first. */
  String otherJca() {
    return otherJca;
  }

  /** The name as {@code alg} spells it. */
  @Override
  public String toString() {
    return text;
  }
}
