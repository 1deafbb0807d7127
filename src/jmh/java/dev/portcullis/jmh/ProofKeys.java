/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.portcullis.testing.DpopClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Clients with a key each, and new proofs of theirs in turn. Signed by ACCP, outside of what is
 * measured: Java would take longer to sign than the filter takes to verify.
 */
final class ProofKeys {

  static final String URL = "https://api.example.com/orders/17";

  private final String algorithm;
  private final List<DpopClient> clients = new ArrayList<>();
  private long count;

  ProofKeys(String algorithm, int keys) {
    this.algorithm = algorithm;
    for (int i = 0; i < keys; i++) {
      clients.add(DpopClient.of(algorithm));
    }
  }

  List<DpopClient> clients() {
    return clients;
  }

  /** The token that is bound to that key. */
  static String token(int key) {
    return "token-of-the-client-with-the-key-number-" + (1000 + key);
  }

  /** A new proof of each key in turn, all made now. */
  List<Signed> proofs(int number, String method) {
    List<Signed> proofs = new ArrayList<>(number);
    for (int i = 0; i < number; i++) {
      proofs.add(proof(i % clients.size(), token(i % clients.size()), method));
    }
    return proofs;
  }

  /** A new proof by that key for that token. */
  Signed proof(int key, String token, String method) {
    DpopClient client = clients.get(key);
    DpopClient.Proof proof =
        client
            .proof(method, URL, token)
            .claim("jti", DpopClient.quote("jti-of-22-chars-" + count++));
    String input =
        encode(proof.headerJson())
            + "."
            + encode(proof.claim("iat", "" + Instant.now().getEpochSecond()).payloadJson());
    byte[] octets = input.getBytes(StandardCharsets.US_ASCII);
    byte[] signature = sign(client, octets);
    return new Signed(key, octets, signature, input + "." + DpopClient.encode(signature));
  }

  private byte[] sign(DpopClient client, byte[] input) {
    try {
      Signature signature =
          Signature.getInstance(RawVerifier.name(algorithm), AmazonCorrettoCryptoProvider.INSTANCE);
      signature.initSign(client.keys().getPrivate());
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A proof, whole and in the parts that a signature is verified with. */
  static final class Signed {

    private final int key;
    private final byte[] input;
    private final byte[] signature;
    private final String text;

    Signed(int key, byte[] input, byte[] signature, String text) {
      this.key = key;
      this.input = input;
      this.signature = signature;
      this.text = text;
    }

    /** Number of its key. */
    int key() {
      return key;
    }

    byte[] input() {
      return input;
    }

    byte[] signature() {
      return signature;
    }

    String text() {
      return text;
    }
  }
}
