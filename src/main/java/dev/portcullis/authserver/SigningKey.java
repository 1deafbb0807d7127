/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * A key that signs client assertions, for one algorithm only (RFC 8725 section 3.1). Immutable;
 * prints nothing but its identifier.
 */
public final class SigningKey {

  private final PublicJsonWebKey jwk;
  private final SigningAlgorithm algorithm;

  private SigningKey(PublicJsonWebKey jwk, SigningAlgorithm algorithm, String id) {
    this.jwk = jwk;
    this.algorithm = algorithm;
    jwk.setKeyId(id);
    jwk.setUse(Use.SIGNATURE);
    jwk.setAlgorithm(algorithm.id());
  }

  /** Makes a new key, named by its thumbprint. */
  static SigningKey generate(SigningAlgorithm algorithm) {
    PublicJsonWebKey jwk = algorithm.generateKey();
    return new SigningKey(jwk, algorithm, thumbprint(jwk));
  }

  /** A key that is known already; empty if it is of another kind than the algorithm takes. */
  static Optional<SigningKey> of(PublicJsonWebKey jwk, SigningAlgorithm algorithm) {
    return jwk.getPrivateKey() != null && algorithm.fits(jwk.getPublicKey())
        ? Optional.of(new SigningKey(jwk, algorithm, thumbprint(jwk)))
        : Optional.empty();
  }

  /**
   * A key that is registered at the authorization server; empty if it cannot sign by the algorithm.
   *
   * @param id its identifier there; without one its thumbprint is it
   */
  static Optional<SigningKey> registered(
      PrivateKey key, PublicKey publicKey, SigningAlgorithm algorithm, Optional<String> id) {
    try {
      PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(publicKey);
      jwk.setPrivateKey(key);
      SigningKey signing = new SigningKey(jwk, algorithm, id.orElseGet(() -> thumbprint(jwk)));
      return algorithm.fits(publicKey) && signing.works() ? Optional.of(signing) : Optional.empty();
    } catch (JoseException e) {
      return Optional.empty(); // a key that no JWK can hold
    }
  }

  /**
   * The same key under the first of those algorithms that it can sign by; itself if there is none.
   */
  SigningKey by(List<SigningAlgorithm> preferred) {
    PrivateKey key = jwk.getPrivateKey();
    PublicKey publicKey = (PublicKey) jwk.getKey();
    return preferred.stream()
        .flatMap(one -> registered(key, publicKey, one, Optional.of(id())).stream())
        .findFirst()
        .orElse(this);
  }

  /** Signs once and verifies that: finds out keys that are too small or do not belong together. */
  private boolean works() {
    try {
      JsonWebSignature signed = new JsonWebSignature();
      signed.setPayload("trial");
      JsonWebSignature received = new JsonWebSignature();
      received.setCompactSerialization(sign(signed));
      received.setKey(jwk.getPublicKey());
      return received.verifySignature();
    } catch (JoseException e) {
      return false;
    }
  }

  /** Signs: sets the header fields {@code alg} and {@code kid}. */
  String sign(JsonWebSignature signature) throws JoseException {
    signature.setAlgorithmHeaderValue(algorithm.id());
    signature.setKeyIdHeaderValue(id());
    signature.setKey(jwk.getPrivateKey());
    return signature.getCompactSerialization();
  }

  /** Its identifier, {@code kid}. */
  String id() {
    return jwk.getKeyId();
  }

  SigningAlgorithm algorithm() {
    return algorithm;
  }

  /** As JWK, with or without the private members. */
  Map<String, Object> toParams(OutputControlLevel level) {
    return jwk.toParams(level);
  }

  /** Its identifier. */
  @Override
  public String toString() {
    return "key " + id();
  }

  private static String thumbprint(PublicJsonWebKey jwk) {
    return jwk.calculateBase64urlEncodedThumbprint("SHA-256"); // RFC 7638
  }
}
