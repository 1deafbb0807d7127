/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs whatever it is given, right or wrong, with nothing but this Java; writes keys as JWK. */
public final class TestingJwt {

  private TestingJwt() {}

  /** A new RSA key pair. */
  public static KeyPair rsa(int bits) {
    return pair("RSA", generator -> generator.initialize(bits));
  }

  /** A new key pair on P-256. */
  public static KeyPair p256() {
    return pair("EC", generator -> generator.initialize(new ECGenParameterSpec("secp256r1")));
  }

  /** A new Ed25519 key pair. */
  public static KeyPair ed25519() {
    return pair("Ed25519", generator -> {});
  }

  private interface Preparation {
    void prepare(KeyPairGenerator generator) throws GeneralSecurityException;
  }

  private static KeyPair pair(String algorithm, Preparation preparation) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      preparation.prepare(generator);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Base64url of text. */
  public static String encode(String text) {
    return encode(text.getBytes(UTF_8));
  }

  /** Base64url. */
  public static String encode(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /** A JWS in compact form, signed by that algorithm whatever the header says. */
  public static String sign(String algorithm, PrivateKey key, String header, String payload) {
    String input = encode(header) + "." + encode(payload);
    return input + "." + encode(signature(algorithm, key, input.getBytes(US_ASCII)));
  }

  /** The same by HMAC with SHA-256. */
  public static String mac(byte[] key, String header, String payload) {
    String input = encode(header) + "." + encode(payload);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return input + "." + encode(mac.doFinal(input.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] signature(String algorithm, PrivateKey key, byte[] input) {
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case "RS256" -> "SHA256withRSA";
                case "PS256" -> "RSASSA-PSS";
                case "ES256" -> "SHA256withECDSAinP1363Format";
                case "EdDSA" -> "Ed25519";
                default -> throw new IllegalArgumentException(algorithm);
              });
      if (algorithm.equals("PS256")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(key);
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A public key as JWK, with those further members, each beginning with a comma. */
  public static String jwk(PublicKey key, String more) {
    if (key instanceof RSAPublicKey rsa) {
      return "{\"kty\":\"RSA\",\"n\":\""
          + encode(unsigned(rsa.getModulus(), 0))
          + "\",\"e\":\""
          + encode(unsigned(rsa.getPublicExponent(), 0))
          + "\""
          + more
          + "}";
    }
    if (key instanceof ECPublicKey point) {
      return ec(point.getW().getAffineX(), point.getW().getAffineY(), more);
    }
    byte[] x = unsigned(((EdECPublicKey) key).getPoint().getY(), 32);
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32; i++) {
      reversed[i] = x[31 - i];
    }
    reversed[31] |= (byte) (((EdECPublicKey) key).getPoint().isXOdd() ? 0x80 : 0);
    return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + encode(reversed) + "\"" + more + "}";
  }

  /** A point of P-256, or not, as JWK. */
  public static String ec(BigInteger x, BigInteger y, String more) {
    return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
        + encode(unsigned(x, 32))
        + "\",\"y\":\""
        + encode(unsigned(y, 32))
        + "\""
        + more
        + "}";
  }

  private static byte[] unsigned(BigInteger number, int length) {
    byte[] octets = number.toByteArray();
    int start = octets.length > 1 && octets[0] == 0 ? 1 : 0;
    int wanted = Math.max(length, octets.length - start);
    byte[] unsigned = new byte[wanted];
    System.arraycopy(
        octets, start, unsigned, wanted - octets.length + start, octets.length - start);
    return unsigned;
  }
}
