/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.dpop.SignatureAlgorithm.KeyType;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.util.Optional;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP384R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP521R1Curve;

/**
 * Verifies ECDSA with the curve arithmetic of Bouncy Castle, which needs a fraction of the time
 * that Java's own takes: it need not hide what is public anyway, and keeps tables with each key.
 * Safe for use by several threads.
 */
final class CurveSignatures implements SignatureEngine {

  private final Arithmetic p256 = new Arithmetic(new SecP256R1Curve(), "P-256", "SHA-256");
  private final Arithmetic p384 = new Arithmetic(new SecP384R1Curve(), "P-384", "SHA-384");
  private final Arithmetic p521 = new Arithmetic(new SecP521R1Curve(), "P-521", "SHA-512");

  @Override
  public boolean has(SignatureAlgorithm algorithm) {
    return algorithm.keyType() == KeyType.EC;
  }

  @Override
  public KeyVerifier verifier(SignatureAlgorithm algorithm, PublicKey key) {
    return switch (algorithm) {
      case ES256 -> p256.verifier((ECPublicKey) key);
      case ES384 -> p384.verifier((ECPublicKey) key);
      case ES512 -> p521.verifier((ECPublicKey) key);
      default -> throw new IllegalArgumentException("no curve: " + algorithm);
    };
  }

  /** As the log names it. */
  @Override
  public String toString() {
    return "Bouncy Castle in the JAR";
  }

  /** A curve and the digest that goes with it; its tables are shared by all keys. */
  private static final class Arithmetic {

    private final EllipticCurve curve;
    private final ThreadLocal<MessageDigest> digest;
    private final ECDomainParameters domain;

    Arithmetic(ECCurve arithmetic, String curve, String digest) {
      this.curve = EllipticCurve.named(curve).orElseThrow();
      this.digest = ThreadLocal.withInitial(() -> Sha256.digest(digest));
      ECPoint generator = this.curve.parameters().getGenerator();
      this.domain =
          new ECDomainParameters(
              arithmetic,
              arithmetic.createPoint(generator.getAffineX(), generator.getAffineY()),
              arithmetic.getOrder(),
              arithmetic.getCofactor());
    }

    KeyVerifier verifier(ECPublicKey key) {
      ECPoint point = key.getW();
      ECPublicKeyParameters parameters =
          new ECPublicKeyParameters(
              domain.getCurve().createPoint(point.getAffineX(), point.getAffineY()), domain);
      return (input, signature) -> verifies(parameters, input, signature);
    }

    private boolean verifies(ECPublicKeyParameters key, byte[] input, byte[] signature) {
      Optional<EllipticSignature> numbers = EllipticSignature.parse(signature, curve);
      if (numbers.isEmpty()) {
        return false;
      }
      ECDSASigner signer = new ECDSASigner();
      signer.init(false, key);
      return signer.verifySignature(
          digest.get().digest(input), numbers.get().r(), numbers.get().s());
    }
  }
}
