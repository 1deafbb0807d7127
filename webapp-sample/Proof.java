/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Makes DPoP proofs (RFC 9449 section 4.2) for curl, which cannot sign. Java runs it as it is:
 *
 * <pre>
 * export DPOP_KEY=$(java Proof.java key)
 * java Proof.java METHOD URL [TOKEN [NONCE]]
 * </pre>
 *
 * <p>The key is on P-256 and lives in the environment of one shell, which is fine for a demo and
 * for nothing else. A client of yours has a library for all this.
 */
final class Proof {

  private static final Base64.Encoder TO_BASE_64 = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder FROM_BASE_64 = Base64.getUrlDecoder();
  private static final int OCTETS = 32;

  private Proof() {}

  /** Prints a new key, or a proof. */
  public static void main(String[] args) throws GeneralSecurityException {
    boolean key = Arrays.equals(args, new String[] {"key"});
    if (!key && (args.length < 2 || args.length > 4 || System.getenv("DPOP_KEY") == null)) {
      System.err.println("export DPOP_KEY=$(java Proof.java key)");
      System.err.println("java Proof.java METHOD URL [TOKEN [NONCE]]");
      System.exit(2);
    }
    System.out.println(key ? write(newKey()) : proof(read(System.getenv("DPOP_KEY")), args));
  }

  private static String proof(KeyPair keys, String[] args) throws GeneralSecurityException {
    String header =
        "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":%s}"
            .formatted(jwk((ECPublicKey) keys.getPublic()));
    StringBuilder claims = new StringBuilder();
    claims.append("{\"jti\":\"%s\"".formatted(UUID.randomUUID()));
    claims.append(",\"htm\":\"%s\",\"htu\":\"%s\"".formatted(args[0], args[1]));
    claims.append(",\"iat\":%d".formatted(Instant.now().getEpochSecond()));
    if (args.length > 2) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(args[2].getBytes(UTF_8));
      claims.append(",\"ath\":\"%s\"".formatted(base64(digest)));
    }
    if (args.length > 3) {
      claims.append(",\"nonce\":\"%s\"".formatted(args[3]));
    }
    String input =
        base64(header.getBytes(UTF_8))
            + "."
            + base64(claims.append('}').toString().getBytes(UTF_8));
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(keys.getPrivate());
    signature.update(input.getBytes(UTF_8));
    return input + "." + base64(signature.sign());
  }

  private static String jwk(ECPublicKey key) {
    return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}"
        .formatted(coordinate(key.getW().getAffineX()), coordinate(key.getW().getAffineY()));
  }

  /** 32 octets, however small the number. */
  private static String coordinate(BigInteger number) {
    byte[] octets = number.or(BigInteger.ONE.shiftLeft(8 * OCTETS)).toByteArray();
    return base64(Arrays.copyOfRange(octets, octets.length - OCTETS, octets.length));
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static String write(KeyPair keys) {
    return base64(keys.getPrivate().getEncoded()) + "." + base64(keys.getPublic().getEncoded());
  }

  private static KeyPair read(String text) throws GeneralSecurityException {
    String[] halves = text.split("\\.");
    KeyFactory factory = KeyFactory.getInstance("EC");
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(FROM_BASE_64.decode(halves[1]))),
        factory.generatePrivate(new PKCS8EncodedKeySpec(FROM_BASE_64.decode(halves[0]))));
  }

  private static String base64(byte[] octets) {
    return TO_BASE_64.encodeToString(octets);
  }
}
