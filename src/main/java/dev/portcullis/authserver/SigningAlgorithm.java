/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * A way to sign, be it a client assertion or an answer of the authorization server (RFC 7518
 * section 3.1, RFC 8037 section 3.1). Only asymmetric ones are there: neither {@code none} nor HMAC
 * has a constant.
 */
public enum SigningAlgorithm {
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256(RsaJsonWebKey.KEY_TYPE, ""),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384(RsaJsonWebKey.KEY_TYPE, ""),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512(RsaJsonWebKey.KEY_TYPE, ""),
  /** RSASSA-PSS with SHA-256. */
  PS256(RsaJsonWebKey.KEY_TYPE, ""),
  /** RSASSA-PSS with SHA-384. */
  PS384(RsaJsonWebKey.KEY_TYPE, ""),
  /** RSASSA-PSS with SHA-512. */
  PS512(RsaJsonWebKey.KEY_TYPE, ""),
  /** ECDSA on P-256. */
  ES256(EllipticCurveJsonWebKey.KEY_TYPE, EllipticCurves.P_256),
  /** ECDSA on P-384. */
  ES384(EllipticCurveJsonWebKey.KEY_TYPE, EllipticCurves.P_384),
  /** ECDSA on P-521. */
  ES512(EllipticCurveJsonWebKey.KEY_TYPE, EllipticCurves.P_521),
  /** EdDSA on Ed25519; only with a key that was made elsewhere. */
  EDDSA(OctetKeyPairJsonWebKey.KEY_TYPE, OctetKeyPairJsonWebKey.SUBTYPE_ED25519);

  private static final int RSA_BITS = 2048;

  private final String keyType;
  private final String curve;

  SigningAlgorithm(String keyType, String curve) {
    this.keyType = keyType;
    this.curve = curve;
  }

  /** Its name in a header. */
  public String id() {
    return this == EDDSA ? "EdDSA" : name();
  }

  /** Those that keys can be made for. */
  private static List<SigningAlgorithm> settable() {
    return Arrays.stream(values()).filter(algorithm -> algorithm != EDDSA).toList();
  }

  /** The names that the setting takes. */
  static String names() {
    return settable().stream().map(SigningAlgorithm::id).collect(Collectors.joining(", "));
  }

  /** The algorithm that the setting means by a name. */
  static Optional<SigningAlgorithm> ofSetting(String name) {
    return settable().stream().filter(algorithm -> algorithm.id().equals(name)).findFirst();
  }

  /** Those of a list of names that are chosen where nothing is set, the best first. */
  static List<SigningAlgorithm> preferredOf(List<String> names) {
    return Stream.of(ES256, PS256, RS256).filter(one -> names.contains(one.id())).toList();
  }

  /** The names of all. */
  static String allNames() {
    return Arrays.stream(values()).map(SigningAlgorithm::id).collect(Collectors.joining(", "));
  }

  /** The algorithm of that name, those included that keys cannot be made for. */
  static Optional<SigningAlgorithm> named(String name) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.id().equals(name)).findFirst();
  }

  /** The algorithm for a key: the only one where there is no choice, RS256 for RSA. */
  static Optional<SigningAlgorithm> usualFor(PublicKey key) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.fits(key)).findFirst();
  }

  /** Whether a key is of the kind it takes. */
  boolean fits(PublicKey key) {
    try {
      PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(key);
      return jwk.getKeyType().equals(keyType) && curveOf(jwk).equals(curve);
    } catch (JoseException e) {
      return false; // a key that no JWK can hold
    }
  }

  private static String curveOf(PublicJsonWebKey key) {
    if (key instanceof EllipticCurveJsonWebKey point) {
      return point.getCurveName();
    }
    return key instanceof OctetKeyPairJsonWebKey pair ? pair.getSubtype() : "";
  }

  /** Makes a key for it. */
  PublicJsonWebKey generateKey() {
    try {
      return switch (this) {
        case ES256 -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
        case ES384 -> EcJwkGenerator.generateJwk(EllipticCurves.P384);
        case ES512 -> EcJwkGenerator.generateJwk(EllipticCurves.P521);
        case EDDSA -> throw new IllegalStateException("no key is made for EdDSA");
        default -> RsaJwkGenerator.generateJwk(RSA_BITS);
      };
    } catch (JoseException e) {
      throw new IllegalStateException("this Java cannot make a key for " + id());
    }
  }
}
