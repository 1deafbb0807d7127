/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.security.PublicKey;

/** Engines for tests. */
final class Engines {

  private Engines() {}

  /** What is in the JAR, and Java for what is not ECDSA. */
  static SignatureEngine builtIn() {
    SignatureEngine curves = new CurveSignatures();
    SignatureEngine java = new JavaSignatures();
    return new SignatureEngine() {
      @Override
      public KeyVerifier verifier(SignatureAlgorithm algorithm, PublicKey key) {
        return (curves.has(algorithm) ? curves : java).verifier(algorithm, key);
      }

      @Override
      public String toString() {
        return "In the JAR";
      }
    };
  }
}
