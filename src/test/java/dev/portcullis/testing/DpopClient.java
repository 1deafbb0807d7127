/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A client with a key of its own that makes DPoP proofs (RFC 9449 section 4.2), good ones and such
 * as are not. Signs with the Java platform's own algorithms. Safe for use by several threads.
 */
public final class DpopClient {

  private static final Map<String, String> CURVES =
      Map.of("ES256", "secp256r1", "ES384", "secp384r1", "ES512", "secp521r1");

  private final String algorithm;
  private final KeyPair keys;
  private final Map<String, String> jwk;

  private DpopClient(String algorithm, KeyPair keys) {
    this.algorithm = algorithm;
    this.keys = keys;
    this.jwk = jwk(keys);
  }

  /** A client that signs by that algorithm, with a new key. */
  public static DpopClient of(String algorithm) {
    return rsa(algorithm, 2048);
  }

  /** The same with that many bits, if it is RSA. */
  public static DpopClient rsa(String algorithm, int bits) {
    try {
      String type = algorithm.startsWith("E") ? "EC" : "RSA";
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(algorithm.startsWith("Ed") ? "Ed25519" : type);
      if (CURVES.containsKey(algorithm)) {
        generator.initialize(new ECGenParameterSpec(CURVES.get(algorithm)));
      } else if (type.equals("RSA")) {
        generator.initialize(bits);
      }
      return new DpopClient(algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The members of its public key, values without quotes. */
  public Map<String, String> jwk() {
    return new LinkedHashMap<>(jwk);
  }

  /** Its key pair. */
  public KeyPair keys() {
    return keys;
  }

  /** SHA-256 thumbprint of its key (RFC 7638). */
  public String thumbprint() {
    return digest(json(new TreeMap<>(quoted(jwk))));
  }

  /** The members of {@code cnf} that bind a token to its key. */
  public String confirmation() {
    return "{\"jkt\":\"" + thumbprint() + "\"}";
  }

  /** A good proof for a request, made now. */
  public Proof proof(String method, String uri, String token) {
    return new Proof().at(Instant.now()).of(method, uri, token);
  }

  /** SHA-256 of a text, in base64url. */
  public static String digest(String text) {
    try {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      return encode(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Octets in base64url without padding. */
  public static String encode(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /** Signs a header and a payload as they are. */
  public String sign(String header, String payload) {
    String input =
        encode(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + encode(payload.getBytes(StandardCharsets.UTF_8));
    return input + "." + encode(signature(input));
  }

  /** The signature of a text. */
  public byte[] signature(String input) {
    try {
      Signature signature = signature();
      signature.initSign(keys.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Signature signature() throws GeneralSecurityException {
    String digest = algorithm.substring(2);
    if (algorithm.startsWith("PS")) {
      Signature pss = Signature.getInstance("RSASSA-PSS");
      pss.setParameter(
          new PSSParameterSpec(
              "SHA-" + digest,
              "MGF1",
              new MGF1ParameterSpec("SHA-" + digest),
              Integer.parseInt(digest) / 8,
              1));
      return pss;
    }
    if (algorithm.startsWith("Ed")) {
      return Signature.getInstance("Ed25519");
    }
    return Signature.getInstance(
        algorithm.startsWith("RS")
            ? "SHA" + digest + "withRSA"
            : "SHA" + digest + "withECDSAinP1363Format");
  }

  /** A proof being made. Values are JSON texts. For one thread. */
  public final class Proof {

    private final Map<String, String> header = new LinkedHashMap<>();
    private final Map<String, String> claims = new LinkedHashMap<>();

    private Proof() {
      header.put("typ", "\"dpop+jwt\"");
      header.put("alg", quote(algorithm));
      header.put("jwk", json(quoted(jwk)));
      claims.put("jti", quote(UUID.randomUUID().toString()));
    }

    private Proof of(String method, String uri, String token) {
      return claim("htm", quote(method))
          .claim("htu", quote(uri))
          .claim("ath", quote(digest(token)));
    }

    /** Makes it at another time. */
    public Proof at(Instant time) {
      return claim("iat", Long.toString(time.getEpochSecond()));
    }

    /** Sets a claim; an empty value takes it away. */
    public Proof claim(String name, String json) {
      put(claims, name, json);
      return this;
    }

    /** Sets a header parameter; an empty value takes it away. */
    public Proof header(String name, String json) {
      put(header, name, json);
      return this;
    }

    /** Sets a member of the key; an empty value takes it away. */
    public Proof jwk(String name, String json) {
      Map<String, String> members = quoted(jwk);
      put(members, name, json);
      return header("jwk", json(members));
    }

    /** Its header as JSON. */
    public String headerJson() {
      return json(header);
    }

    /** Its payload as JSON. */
    public String payloadJson() {
      return json(claims);
    }

    /** The proof, signed. */
    @Override
    public String toString() {
      return sign(headerJson(), payloadJson());
    }

    /** The field line that carries it. */
    public String line() {
      return "DPoP: " + this;
    }
  }

  /** A text as a JSON string; for texts that need no escapes. */
  public static String quote(String text) {
    return '"' + text + '"';
  }

  private static void put(Map<String, String> members, String name, String json) {
    if (json.isEmpty()) {
      members.remove(name);
    } else {
      members.put(name, json);
    }
  }

  private static Map<String, String> quoted(Map<String, String> members) {
    Map<String, String> quoted = new LinkedHashMap<>();
    members.forEach((name, value) -> quoted.put(name, quote(value)));
    return quoted;
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> quote(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static Map<String, String> jwk(KeyPair keys) {
    Map<String, String> jwk = new LinkedHashMap<>();
    if (keys.getPublic() instanceof ECPublicKey key) {
      int octets = (key.getParams().getOrder().bitLength() + 7) / 8;
      jwk.put("kty", "EC");
      jwk.put("crv", "P-" + key.getParams().getOrder().bitLength());
      jwk.put("x", encode(fixed(key.getW().getAffineX(), octets)));
      jwk.put("y", encode(fixed(key.getW().getAffineY(), octets)));
    } else if (keys.getPublic() instanceof RSAPublicKey key) {
      jwk.put("kty", "RSA");
      jwk.put("n", encode(fixed(key.getModulus(), (key.getModulus().bitLength() + 7) / 8)));
      jwk.put("e", encode(key.getPublicExponent().toByteArray()));
    } else if (keys.getPublic() instanceof EdECPublicKey key) {
      byte[] octets = fixed(key.getPoint().getY(), 32);
      for (int i = 0; i < 16; i++) {
        byte low = octets[i];
        octets[i] = octets[31 - i];
        octets[31 - i] = low;
      }
      octets[31] |= (byte) (key.getPoint().isXOdd() ? 0x80 : 0);
      jwk.put("kty", "OKP");
      jwk.put("crv", "Ed25519");
      jwk.put("x", encode(octets));
    }
    return jwk;
  }

  /** A number as that many octets, the highest first. */
  public static byte[] fixed(BigInteger number, int octets) {
    byte[] raw = number.toByteArray();
    byte[] fixed = new byte[octets];
    int length = Math.min(raw.length, octets);
    System.arraycopy(raw, raw.length - length, fixed, octets - length, length);
    return fixed;
  }
}
