/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Verifies with what Java brings, or with a crypto provider, which need not be installed. Safe for
 * use by several threads.
 */
final class JavaSignatures implements SignatureEngine {

  private static final int EDWARDS_OCTETS = 64;

  private final Optional<Provider> provider;

  /** Verifies with what is installed. */
  JavaSignatures() {
    this.provider = Optional.empty();
  }

  /** Verifies with that provider. */
  JavaSignatures(Provider provider) {
    this.provider = Optional.of(provider);
  }

  @Override
  public boolean has(SignatureAlgorithm algorithm) {
    return hasNamed(algorithm.jca()) || hasNamed(algorithm.otherJca());
  }

  @Override
  public KeyVerifier verifier(SignatureAlgorithm algorithm, PublicKey key) {
    KeyVerifier raw = new KeptSignature(algorithm, key);
    return switch (algorithm.keyType()) {
      case RSA -> raw;
      case OKP ->
          (input, signature) ->
              signature.length == EDWARDS_OCTETS && raw.verifies(input, signature);
      case EC -> elliptic(algorithm, raw);
    };
  }

  /** Providers that do not take the two numbers as they are take them in DER. */
  private KeyVerifier elliptic(SignatureAlgorithm algorithm, KeyVerifier raw) {
    EllipticCurve curve = EllipticCurve.named(algorithm.curve()).orElseThrow();
    boolean isPlain = hasNamed(algorithm.jca());
    return (input, signature) -> {
      Optional<EllipticSignature> numbers = EllipticSignature.parse(signature, curve);
      return numbers.isPresent() && raw.verifies(input, isPlain ? signature : numbers.get().der());
    };
  }

  private boolean hasNamed(String jca) {
    return provider.isEmpty() || provider.get().getService("Signature", jca) != null;
  }

  private Signature instance(SignatureAlgorithm algorithm) throws GeneralSecurityException {
    String name = hasNamed(algorithm.jca()) ? algorithm.jca() : algorithm.otherJca();
    Signature signature =
        provider.isPresent()
            ? Signature.getInstance(name, provider.get())
            : Signature.getInstance(name);
    if (algorithm.isPss()) {
      String digest = "SHA-" + algorithm.digestBits();
      MGF1ParameterSpec mask = new MGF1ParameterSpec(digest);
      int salt = algorithm.digestBits() / Byte.SIZE;
      signature.setParameter(new PSSParameterSpec(digest, "MGF1", mask, salt, 1));
    }
    return signature;
  }

  /** As the log names it. */
  @Override
  public String toString() {
    return provider.map(named -> named.getName() + " " + named.getVersionStr()).orElse("Java");
  }

  /**
   * A key, and an object that is set up with it, which takes longer than some signatures do. Who
   * finds it in use makes another. Not one for each thread: threads are the container's, and
   * outlive the application.
   */
  private final class KeptSignature implements KeyVerifier {

    private final SignatureAlgorithm algorithm;
    private final PublicKey key;
    private final AtomicReference<@Nullable Signature> kept = new AtomicReference<>();

    KeptSignature(SignatureAlgorithm algorithm, PublicKey key) {
      this.algorithm = algorithm;
      this.key = key;
    }

    /** One that has thrown is not used again: nothing tells what state it is in. */
    @Override
    public boolean verifies(byte[] input, byte[] signature) {
      try {
        Signature verifier = take();
        verifier.update(input);
        boolean holds = verifier.verify(signature);
        kept.set(verifier);
        return holds;
      } catch (SignatureException | InvalidKeyException e) {
        return false;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(JavaSignatures.this + " had " + algorithm + " before", e);
      }
    }

    private Signature take() throws GeneralSecurityException {
      Signature signature = kept.getAndSet(null);
      if (signature == null) {
        signature = instance(algorithm);
        signature.initVerify(key);
      }
      return signature;
    }
  }
}
