/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.testing.Choices;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.MadeUpJson;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes up a request with a proof: a good one to begin with, and then as many changes as it is
 * chosen, some of which do no harm. For one thread.
 */
public final class MadeUpProof {

  /** The token that proofs are made for. */
  public static final String TOKEN = "tok-en_1.2~3+4/5==";

  /** What stands before the path of requests. */
  public static final String ORIGIN = "https://kiosk.example.com";

  private record Signer(String algorithm, DpopClient client) {

    static Signer of(String algorithm) {
      return new Signer(algorithm, DpopClient.of(algorithm));
    }
  }

  /** Keys are made once: making them takes longer than everything else. */
  private static final List<Signer> SIGNERS =
      Stream.of("ES256", "EdDSA", "ES256", "PS256", "EdDSA", "ES256", "PS512", "ES384", "ES512")
          .map(Signer::of)
          .toList();

  private static final BigInteger P256_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final Choices choices;
  private final long now;
  private final boolean isSigned;
  private final List<String> nonces;
  private DpopClient client = SIGNERS.get(0).client();
  private DpopClient signer = client;
  private final Map<String, String> header = new LinkedHashMap<>();
  private final Map<String, String> jwk = new LinkedHashMap<>();
  private final Map<String, String> claims = new LinkedHashMap<>();
  private final List<String> moreOfHeader = new ArrayList<>();
  private final List<String> moreOfJwk = new ArrayList<>();
  private final List<String> moreOfClaims = new ArrayList<>();
  private String method = "GET";
  private String path = "/r";
  private String headerText = "";
  private String claimsText = "";
  private byte[] signature = new byte[64];
  private String proof = "";
  private List<String> lines = List.of();

  /**
   * Makes one up.
   *
   * @param now the time, in seconds
   * @param isSigned whether its signature is made; else it is one of zeros
   * @param nonces nonces to choose from, the good ones first
   */
  public MadeUpProof(Choices choices, long now, boolean isSigned, List<String> nonces) {
    this.choices = choices;
    this.now = now;
    this.isSigned = isSigned;
    this.nonces = nonces;
    begin();
    int changes = choices.below(5);
    for (int i = 0; i < changes; i++) {
      changeMembers();
    }
    write();
    if (choices.below(4) == 1) {
      changeText();
    }
    sign();
    if (choices.below(4) == 1) {
      changeProof();
    }
    lines = lines();
  }

  /** The key that most proofs are made with. */
  public static DpopClient usualClient() {
    return SIGNERS.get(0).client();
  }

  /** The request method. */
  public String method() {
    return method;
  }

  /** The path of the request, as it is spelt. */
  public String path() {
    return path;
  }

  /** Values of the {@code DPoP} fields. */
  public List<String> proofs() {
    return lines;
  }

  private void begin() {
    Signer chosen = choices.of(SIGNERS);
    client = chosen.client();
    signer = client;
    path = choices.of("/r", "/", "/a~b/c", "/%7eb/%c3%a9", "/a%2Fb", "/x/../r;v=1", "//r", "/a.");
    method = choices.of("GET", "POST", "PROPFIND", "get");
    header.put("typ", "\"dpop+jwt\"");
    header.put("alg", DpopClient.quote(chosen.algorithm()));
    header.put("jwk", "");
    client.jwk().forEach((name, value) -> jwk.put(name, DpopClient.quote(value)));
    claims.put("jti", "\"j\"");
    claims.put("htm", DpopClient.quote(method));
    claims.put("htu", DpopClient.quote(ORIGIN + path));
    claims.put("iat", Long.toString(now));
    claims.put("ath", DpopClient.quote(DpopClient.digest(TOKEN)));
    if (!nonces.isEmpty()) {
      claims.put("nonce", DpopClient.quote(nonces.get(0)));
    }
  }

  private void changeMembers() {
    switch (choices.below(20)) {
      case 0 -> header.put(headerName(), MadeUpJson.value(choices));
      case 1 -> header.remove(headerName());
      case 2 -> jwk.put(jwkName(), MadeUpJson.value(choices));
      case 3 -> jwk.remove(jwkName());
      case 4 -> claims.put(claimName(), MadeUpJson.value(choices));
      case 5 -> claims.remove(claimName());
      case 6 -> claims.put("iat", MadeUpJson.number(choices, now));
      case 7 -> claims.put(choices.of("exp", "nbf"), MadeUpJson.number(choices, now));
      case 8 -> claims.put("htu", MadeUpJson.string(MadeUpUri.respelt(ORIGIN + path, choices)));
      case 9 ->
          claims.put("htm", choices.of("\"get\"", "\"GET \"", "[\"GET\"]", "\"HEAD\"", "null"));
      case 10 -> claims.put("jti", MadeUpJson.string("j".repeat(choices.of(lengths()))));
      case 11 -> addTwin();
      case 12 -> changeKey();
      case 13 -> claims.put("nonce", nonce());
      case 14 -> signer = choices.of(SIGNERS).client();
      case 15 -> header.put("alg", algorithm());
      case 16 -> jwk.put(choices.of("use", "key_ops", "alg"), purpose());
      case 17 ->
          path = MadeUpUri.respelt(ORIGIN + path, choices).replaceFirst("^.*?\\w(?=/|$)", "");
      case 18 -> method = choices.of("HEAD", "Get", "", "POST", "OPTIONS");
      default -> claims.put("filler", DpopClient.quote("x".repeat(choices.below(6000))));
    }
  }

  private String headerName() {
    return choices.of(
        "typ", "alg", "jwk", "crit", "b64", "zip", "enc", "cty", "kid", "jku", "x5u", "x5c", "x");
  }

  private String jwkName() {
    return choices.of(
        "kty", "crv", "x", "y", "n", "e", "use", "key_ops", "alg", "kid", "x5c", "d", "p", "q",
        "dp", "dq", "qi", "oth", "k", "ext");
  }

  private String claimName() {
    return choices.of("jti", "htm", "htu", "iat", "ath", "nonce", "exp", "nbf", "foo");
  }

  private static List<Integer> lengths() {
    return List.of(1, 0, 255, 256, 257, 1000);
  }

  private String algorithm() {
    return choices.of(
        "\"ES256\"",
        "\"PS256\"",
        "\"EdDSA\"",
        "\"Ed25519\"",
        "\"RS256\"",
        "\"none\"",
        "\"HS256\"",
        "\"ES512\"",
        "\"es256\"",
        "\"PS384\"",
        "5",
        "null");
  }

  private String purpose() {
    return choices.of(
        "\"sig\"",
        "\"enc\"",
        "[\"verify\"]",
        "[\"sign\",\"verify\"]",
        "[]",
        "[\"encrypt\"]",
        "\"verify\"",
        "\"ES256\"",
        "\"EdDSA\"",
        "null",
        "[[\"verify\"]]",
        "\"\"");
  }

  private String nonce() {
    return nonces.isEmpty() ? MadeUpJson.value(choices) : DpopClient.quote(choices.of(nonces));
  }

  /** A member that is there already, once more, perhaps under an escaped name. */
  private void addTwin() {
    String name =
        choices.of("\"typ\"", "\"jti\"", "\"x\"", "\"\\u0074yp\"", "\"\\u0078\"", "\"a\"");
    choices
        .of(List.of(moreOfHeader, moreOfJwk, moreOfClaims))
        .add(name + ":" + MadeUpJson.value(choices));
  }

  /** Another key, or another spelling of this one. */
  private void changeKey() {
    List<String> numbers = Stream.of("x", "y", "n", "e").filter(client.jwk()::containsKey).toList();
    String name = choices.of(numbers);
    byte[] octets = Base64.getUrlDecoder().decode(client.jwk().get(name));
    byte[] changed =
        switch (choices.below(9)) {
          case 0 -> joined(new byte[1], octets);
          case 1 -> Arrays.copyOf(octets, octets.length - 1);
          case 2 -> Arrays.copyOf(octets, octets.length + 1);
          case 3 -> flipped(octets);
          case 4 -> new byte[octets.length];
          case 5 -> filled(octets.length, 0xff);
          case 6 -> DpopClient.fixed(smallOrder(), 32);
          case 7 -> new byte[] {1, 0, 1};
          default -> choices.text(40).getBytes(StandardCharsets.UTF_8);
        };
    String text = DpopClient.encode(changed);
    jwk.put(name, DpopClient.quote(text + choices.of("", "", "", "", "=", "==", " ", "A")));
  }

  /** Little-endian, so that what it makes of it is a number as {@code x} has it. */
  private BigInteger smallOrder() {
    return new BigInteger(
        choices.of(
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        16);
  }

  private void write() {
    if (header.containsKey("jwk") && header.get("jwk").isEmpty()) {
      header.put("jwk", MadeUpJson.object(jwk, moreOfJwk, choices));
    }
    headerText = MadeUpJson.object(header, moreOfHeader, choices);
    claimsText = MadeUpJson.object(claims, moreOfClaims, choices);
  }

  /** Changes what is to be signed. */
  private void changeText() {
    switch (choices.below(8)) {
      case 0 -> headerText = MadeUpJson.escaped(headerText, choices);
      case 1 -> claimsText = MadeUpJson.escaped(claimsText, choices);
      case 2 -> headerText = edited(headerText);
      case 3 -> claimsText = edited(claimsText);
      case 4 ->
          headerText = choices.of("", "\uFEFF", "[", "{}") + headerText + choices.of("", "]", "x");
      case 5 ->
          claimsText = choices.of("", "\uFEFF", "[", "{}") + claimsText + choices.of("", "]", ",");
      case 6 -> headerText = choices.text(200);
      default -> claimsText = choices.text(200);
    }
  }

  private String edited(String text) {
    int from = choices.below(text.length() + 1);
    int to = Math.min(text.length(), from + choices.below(3));
    return text.substring(0, from)
        + choices.of("", ",", "\"", "\\", " ", "\u0000", "}", "\u00e9", "0")
        + text.substring(to);
  }

  private void sign() {
    String input =
        DpopClient.encode(headerText.getBytes(StandardCharsets.UTF_8))
            + "."
            + DpopClient.encode(claimsText.getBytes(StandardCharsets.UTF_8));
    if (isSigned) {
      signature = signer.signature(input);
    }
    if (choices.below(8) == 1) {
      signature = changed(signature);
    }
    proof = input + "." + DpopClient.encode(signature);
  }

  private byte[] changed(byte[] octets) {
    int half = octets.length / 2;
    byte[] r = Arrays.copyOf(octets, half);
    byte[] s = Arrays.copyOfRange(octets, half, octets.length);
    byte[] order = DpopClient.fixed(P256_ORDER, 32);
    return switch (choices.below(10)) {
      case 0 -> joined(r, DpopClient.fixed(P256_ORDER.subtract(new BigInteger(1, s)).abs(), half));
      case 1 -> joined(r, new byte[half]);
      case 2 -> joined(new byte[half], s);
      case 3 -> joined(order, s);
      case 4 -> joined(r, order);
      case 5 -> Arrays.copyOf(octets, octets.length - 1);
      case 6 -> Arrays.copyOf(octets, octets.length + 1);
      case 7 -> flipped(octets);
      case 8 -> new byte[octets.length];
      default -> choices.text(80).getBytes(StandardCharsets.UTF_8);
    };
  }

  private byte[] flipped(byte[] octets) {
    byte[] flipped = octets.clone();
    flipped[choices.below(octets.length)] ^= (byte) (1 << choices.below(8));
    return flipped;
  }

  /** Changes the proof as it is sent. */
  private void changeProof() {
    int at = choices.below(proof.length() + 1);
    switch (choices.below(6)) {
      case 0 ->
          proof =
              proof.substring(0, at)
                  + choices.of(".", "=", "A", "!", " ", "+", "\u0100")
                  + proof.substring(at);
      case 1 -> proof = proof.substring(0, at);
      case 2 -> proof += choices.of("=", ".", "A", " ", ",", ".AAAA", ";x=1");
      case 3 -> proof = proof.substring(0, proof.lastIndexOf('.') + 1) + choices.text(20);
      case 4 ->
          proof = proof.substring(0, proof.length() - 1) + choices.of("A", "B", "C", "g", "w", "x");
      default -> proof = choices.text(100);
    }
  }

  private List<String> lines() {
    return switch (choices.below(24)) {
      case 1 -> List.of();
      case 2 -> List.of(proof, proof);
      case 3 -> List.of(proof + "," + proof);
      case 4 -> List.of("", proof);
      default -> List.of(proof);
    };
  }

  private static byte[] filled(int length, int value) {
    byte[] octets = new byte[length];
    Arrays.fill(octets, (byte) value);
    return octets;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
