/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.oauth.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * A good proof of a key that nobody has any more, one for each algorithm: the known answer that an
 * engine has to find before it is trusted. All are for the same request. Immutable.
 */
record KnownProof(SignatureAlgorithm algorithm, String text) {

  static final String URL = "https://known.invalid/r";
  static final String PATH = "/r";
  static final String TOKEN = "known-token";
  static final long ISSUED_AT = 1_764_000_000L;

  /** The proofs for those algorithms, in their order. */
  static Map<SignatureAlgorithm, KnownProof> of(Set<SignatureAlgorithm> algorithms) {
    Properties texts = texts();
    Map<SignatureAlgorithm, KnownProof> proofs = new LinkedHashMap<>();
    for (SignatureAlgorithm algorithm : algorithms) {
      proofs.put(algorithm, new KnownProof(algorithm, texts.getProperty(algorithm.toString(), "")));
    }
    return proofs;
  }

  /**
   * Whether an engine finds that this proof is good, and that it is not with one bit changed or
   * with zeros for a signature.
   */
  boolean isJudgedRightlyBy(SignatureEngine engine) {
    try {
      CompactProof proof = CompactProof.parse(text);
      byte[] input = proof.signingInput();
      byte[] good = proof.signature();
      byte[] changed = good.clone();
      changed[changed.length - 1] ^= 1;
      KeyVerifier verifier =
          ProofHeader.parse(proof.header(), Set.of(algorithm), engine).verifier();
      return verifier.verifies(input, good)
          && !verifier.verifies(input, changed)
          && !verifier.verifies(input, new byte[good.length])
          && verifier.verifies(input, good);
    } catch (RefusedException | RuntimeException | LinkageError e) {
      return false; // whatever goes wrong in a provider, it has not passed
    }
  }

  private static Properties texts() {
    Properties texts = new Properties();
    try (InputStream in = KnownProof.class.getResourceAsStream("known-proofs.properties")) {
      texts.load(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new IllegalStateException("the JAR is damaged", e);
    }
    return texts;
  }

  /** Shows no proof. */
  @Override
  public String toString() {
    return "KnownProof[" + algorithm + "]";
  }
}
