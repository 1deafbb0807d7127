/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Whether a signature holds, by a library that the product does not ask for that: jose4j, which
 * uses Java's own curves, and for Ed25519 Bouncy Castle.
 */
final class ReferenceSignature {

  private ReferenceSignature() {}

  static boolean holds(Map<String, Object> jwk, String algorithm, String proof) {
    try {
      return algorithm.startsWith("Ed") ? edwards(jwk, proof) : jose(jwk, algorithm, proof);
    } catch (JoseException e) {
      return false;
    }
  }

  private static boolean jose(Map<String, Object> jwk, String algorithm, String proof)
      throws JoseException {
    Map<String, Object> key = new HashMap<>(jwk);
    key.keySet().retainAll(List.of("kty", "crv", "x", "y", "n", "e"));
    JsonWebSignature signature = new JsonWebSignature();
    signature.setCompactSerialization(proof);
    signature.setAlgorithmConstraints(
        new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, algorithm));
    signature.setKey(PublicJsonWebKey.Factory.newPublicJwk(key).getPublicKey());
    return signature.verifySignature();
  }

  private static boolean edwards(Map<String, Object> jwk, String proof) {
    int end = proof.lastIndexOf('.');
    byte[] input = proof.substring(0, end).getBytes(StandardCharsets.US_ASCII);
    byte[] signature = ReferenceKey.decode(proof.substring(end + 1)).orElseThrow();
    if (signature.length != Ed25519PublicKeyParameters.KEY_SIZE * 2) {
      return false;
    }
    Ed25519PublicKeyParameters key;
    try {
      key = new Ed25519PublicKeyParameters(ReferenceKey.octets(jwk, "x"), 0);
    } catch (IllegalArgumentException e) {
      return false; // no point on the curve
    }
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, key);
    verifier.update(input, 0, input.length);
    return verifier.verifySignature(signature);
  }
}
