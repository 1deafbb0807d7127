/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;

/** Verifies with what Java brings. Stateless. */
final class JavaSignatures implements SignatureVerifier {

  private static final int EDWARDS_OCTETS = 64;

  @Override
  public boolean verifies(
      SignatureAlgorithm algorithm, PublicKey key, byte[] input, byte[] signature) {
    if (!isWellFormed(algorithm, signature)) {
      return false;
    }
    try {
      Signature verifier = instance(algorithm);
      verifier.initVerify(key);
      verifier.update(input);
      return verifier.verify(signature);
    } catch (SignatureException | InvalidKeyException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 17 has " + algorithm, e);
    }
  }

  /** Of fixed length, and numbers in range, whatever the verifier thinks of it. */
  private static boolean isWellFormed(SignatureAlgorithm algorithm, byte[] signature) {
    return switch (algorithm.keyType()) {
      case RSA -> true;
      case OKP -> signature.length == EDWARDS_OCTETS;
      case EC -> {
        EllipticCurve curve = EllipticCurve.named(algorithm.curve()).orElseThrow();
        int octets = curve.octets();
        yield signature.length == 2 * octets
            && curve.isScalar(new BigInteger(1, Arrays.copyOf(signature, octets)))
            && curve.isScalar(new BigInteger(1, Arrays.copyOfRange(signature, octets, 2 * octets)));
      }
    };
  }

  private static Signature instance(SignatureAlgorithm algorithm) throws GeneralSecurityException {
    if (!algorithm.isPss()) {
      return Signature.getInstance(algorithm.jca());
    }
    Signature pss = Signature.getInstance("RSASSA-PSS");
    MGF1ParameterSpec mask = new MGF1ParameterSpec(algorithm.jca());
    int salt = Integer.parseInt(algorithm.jca().substring("SHA-".length())) / Byte.SIZE;
    pss.setParameter(new PSSParameterSpec(algorithm.jca(), "MGF1", mask, salt, 1));
    return pss;
  }
}
