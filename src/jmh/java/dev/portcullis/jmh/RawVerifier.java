/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.conscrypt.Conscrypt;

/** A signature verified and nothing else, the key at hand: the floor under a request. */
@FunctionalInterface
interface RawVerifier {

  /** Whether the signature holds. */
  boolean verifies(byte[] input, byte[] signature) throws GeneralSecurityException;

  /** The floor of that engine, in its fastest way. */
  static RawVerifier of(String engine, String algorithm, KeyPair keys)
      throws GeneralSecurityException {
    boolean isCurve = algorithm.equals("ES256");
    if (engine.equals("built-in") && isCurve) {
      return bouncyCastle((ECPublicKey) keys.getPublic());
    }
    Signature verifier =
        switch (engine) {
          case "accp" ->
              Signature.getInstance(name(algorithm), AmazonCorrettoCryptoProvider.INSTANCE);
          case "conscrypt" ->
              Signature.getInstance(
                  isCurve ? "SHA256withECDSA" : name(algorithm), Conscrypt.newProvider());
          default -> Signature.getInstance(name(algorithm));
        };
    verifier.initVerify(keys.getPublic());
    boolean isDer = engine.equals("conscrypt") && isCurve;
    return (input, signature) -> {
      verifier.update(input);
      return verifier.verify(isDer ? der(signature) : signature);
    };
  }

  /** The name by which Java knows an algorithm. */
  static String name(String algorithm) {
    return switch (algorithm) {
      case "ES256" -> "SHA256withECDSAinP1363Format";
      case "RS256" -> "SHA256withRSA";
      default -> "Ed25519";
    };
  }

  private static RawVerifier bouncyCastle(ECPublicKey key) throws GeneralSecurityException {
    X9ECParameters curve = CustomNamedCurves.getByName("P-256");
    ECDomainParameters domain =
        new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    ECPublicKeyParameters parameters =
        new ECPublicKeyParameters(
            curve.getCurve().createPoint(key.getW().getAffineX(), key.getW().getAffineY()), domain);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, parameters);
    return (input, signature) ->
        signer.verifySignature(
            digest.digest(input),
            new BigInteger(1, Arrays.copyOf(signature, 32)),
            new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
  }

  /** The two numbers in DER: what Conscrypt takes. */
  private static byte[] der(byte[] signature) {
    byte[] r = new BigInteger(1, Arrays.copyOf(signature, 32)).toByteArray();
    byte[] s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)).toByteArray();
    byte[] der = new byte[6 + r.length + s.length];
    der[0] = 0x30;
    der[1] = (byte) (der.length - 2);
    der[2] = 2;
    der[3] = (byte) r.length;
    System.arraycopy(r, 0, der, 4, r.length);
    der[4 + r.length] = 2;
    der[5 + r.length] = (byte) s.length;
    System.arraycopy(s, 0, der, 6 + r.length, s.length);
    return der;
  }
}
