/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Verifies with what Java brings. Stateless. */
final class JavaSignatures implements SignatureEngine {

  private static final int EDWARDS_OCTETS = 64;

  @Override
  public KeyVerifier verifier(SignatureAlgorithm algorithm, PublicKey key) {
    return switch (algorithm.keyType()) {
      case RSA -> (input, signature) -> verifies(algorithm, key, input, signature);
      case OKP ->
          (input, signature) ->
              signature.length == EDWARDS_OCTETS && verifies(algorithm, key, input, signature);
      case EC -> {
        EllipticCurve curve = EllipticCurve.named(algorithm.curve()).orElseThrow();
        yield (input, signature) ->
            EllipticSignature.parse(signature, curve).isPresent()
                && verifies(algorithm, key, input, signature);
      }
    };
  }

  private static boolean verifies(
      SignatureAlgorithm algorithm, PublicKey key, byte[] input, byte[] signature) {
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
