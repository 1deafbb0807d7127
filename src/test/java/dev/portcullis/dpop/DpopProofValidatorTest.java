/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static dev.portcullis.testing.DpopClient.quote;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.Reason;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.testing.DpopClient;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DpopProofValidatorTest {

  private static final Instant START = Instant.parse("2026-11-24T09:00:00Z");
  private static final Instant NOW = START.plusSeconds(3600);
  private static final String URL = "https://api.example.com/r";
  private static final String TOKEN = "tok";
  private static final DpopClient CLIENT = DpopClient.of("ES256");
  private static final BaseUrls BASE = new BaseUrls(List.of(URI.create("https://api.example.com")));

  private Instant now = START;
  private final AtomicInteger verifications = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512", "EdDSA",
        "Ed25519"
      })
  @DisplayName(
      "DPOP-01, DPOP-08, FLD-53: each algorithm of the default list, and the thumbprint of RFC 7638")
  void goodProof_isTaken(String algorithm) throws Exception {
    DpopClient client = DpopClient.of(algorithm);
    DpopProof proof = validator().check(request(proof(client).toString()), token()).verify();
    assertEquals(client.thumbprint(), proof.thumbprint());
    assertEquals(Optional.empty(), proof.nextNonce());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "Ed25519"})
  @DisplayName("DPOP-08: what is not in the list is taken only when it is asked for")
  void otherAlgorithm_isTakenOnDemand(String algorithm) throws Exception {
    DpopClient client = DpopClient.of(algorithm);
    String proof = proof(client).toString();
    DpopProofValidator other = validator("dpop.signing-algorithms", "ES256");
    assertEquals(
        "dpop.signing-algorithms",
        assertThrows(RefusedException.class, () -> other.check(request(proof), token())).setting());
    DpopProofValidator asked = validator("dpop.signing-algorithms", algorithm);
    assertEquals(client.thumbprint(), asked.check(request(proof), token()).verify().thumbprint());
  }

  @Test
  @DisplayName("DPOP-02, DPOP-03: exactly one proof")
  void noProofOrSeveral_isRefused() {
    String proof = proof().toString();
    assertRefused(Reason.DPOP_PROOF_MISSING);
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof, proof);
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof, proof().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s,%s",
        "%s %s",
        "\"%s\"",
        "",
        "%s;x=1",
        " ",
        ".",
        "..",
        "a.b",
        "%s.",
        ".%s",
        "%s.AAAA",
        "%s=",
        "%s==",
        "%s ",
        " %s",
        "%s!",
        "%s\u00e9",
        "%s\ud83d\ude00",
        "\ud83d\ude00\ud83d\ude00\ud83d\ude00.a.a",
        "a.\ud83d\ude00\ud83d\ude00\ud83d\ude00.a",
        "a..b",
        "a.b."
      })
  @DisplayName(
      "DPOP-03, DPOP-04: the field holds one JWS of three canonical parts and nothing else")
  void otherFieldValue_isRefused(String form) {
    assertRefused(Reason.DPOP_PROOF_MALFORMED, form.replace("%s", proof().toString()));
  }

  @Test
  @DisplayName("DPOP-04: unused bits, other alphabets, characters inside")
  void otherSpellingOfAPart_isRefused() {
    String proof = proof().toString();
    int last = proof.length() - 1;
    String noncanonical = proof.substring(0, last) + (char) (proof.charAt(last) + 1);
    assertRefused(Reason.DPOP_PROOF_MALFORMED, noncanonical);
    assertRefused(
        Reason.DPOP_PROOF_MALFORMED,
        proof.substring(0, last - 4) + "!" + proof.substring(last - 4));
    assertRefused(
        Reason.DPOP_PROOF_MALFORMED,
        proof.substring(0, last - 4) + " " + proof.substring(last - 4));
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof.substring(0, last - 4) + "+/==");
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof.replaceFirst("\\.", ".!"));
  }

  @Test
  @DisplayName("DPOP-05: 8192 characters are looked at, 8193 are not")
  void longProof_isRefused() throws Exception {
    DpopClient.Proof padded = proof();
    int missing = CompactProof.LONGEST - padded.toString().length();
    String filler = "x".repeat((missing - 20) * 3 / 4);
    padded.claim("filler", quote(filler));
    while (padded.toString().length() < CompactProof.LONGEST) {
      filler += "x";
      padded.claim("filler", quote(filler));
    }
    assertEquals(CompactProof.LONGEST, padded.toString().length());
    validator().check(request(padded.toString()), token()).verify();
    padded.claim("filler", quote(filler + "xx"));
    assertTrue(padded.toString().length() > CompactProof.LONGEST);
    assertRefused(Reason.DPOP_PROOF_MALFORMED, padded.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"typ\":\"dpop+jwt\",%s",
        "{\"\\u0074yp\":\"dpop+jwt\",%s",
        "[{%s]",
        "{%s,}",
        "{,%s",
        "\"x\"",
        "",
        "null",
        "{%s}",
        "\uFEFF{%s",
        "{\"a\":'b',%s",
        "{\"a\":\"\\ud800\",%s",
        "{\"a\":01,%s",
        "{\"a\":NaN,%s",
        "{/**/%s"
      })
  @DisplayName("DPOP-06: header and payload are strict JSON objects")
  void looseJson_isRefused(String form) {
    String header = proof().headerJson();
    String payload = proof().payloadJson();
    String headerText = form.replace("%s", header.substring(1));
    String payloadText = form.replace("%s", payload.substring(1));
    assertRefused(Reason.DPOP_PROOF_MALFORMED, CLIENT.sign(headerText, payload));
    if (!form.contains("yp")) {
      assertRefused(Reason.DPOP_PROOF_MALFORMED, CLIENT.sign(header, payloadText));
    }
  }

  @Test
  @DisplayName("DPOP-06: depth, number of members, encoding")
  void excessiveJson_isRefused() {
    String deep = "[".repeat(200) + "]".repeat(200);
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().header("x", deep).toString());
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().claim("x", deep).toString());
    String many = "[" + "0,".repeat(2100) + "0]";
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().claim("x", many).toString());
    assertRefused(
        Reason.DPOP_PROOF_MALFORMED, proof().claim("htm", "\"GET\",\"htm\":\"GET\"").toString());
    assertRefused(
        Reason.DPOP_PROOF_MALFORMED,
        proof().header("jwk", "{\"kty\":\"EC\",\"kty\":\"EC\"}").toString());
    String utf16 = DpopClient.encode(proof().payloadJson().getBytes(StandardCharsets.UTF_16));
    String header = DpopClient.encode(proof().headerJson().getBytes(StandardCharsets.UTF_8));
    String input = header + "." + utf16;
    assertRefused(
        Reason.DPOP_PROOF_MALFORMED, input + "." + DpopClient.encode(CLIENT.signature(input)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"JWT\"",
        "\"at+jwt\"",
        "\"dpop+jwt+x\"",
        "\"text/dpop+jwt\"",
        "\"application/jwt\"",
        "\"application/application/dpop+jwt\"",
        "\"dpop+jwt;charset=utf-8\"",
        "\"appl\u0131cation/dpop+jwt\"",
        "1",
        "[\"dpop+jwt\"]",
        "null"
      })
  @DisplayName("DPOP-07: typ is dpop+jwt")
  void otherType_isRefused(String typ) {
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().header("typ", typ).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"none\"",
        "\"None\"",
        "\"nOnE\"",
        "\"NONE \"",
        "",
        "null",
        "5",
        "\"es256\"",
        "\"ES256K\"",
        "\"HS256\"",
        "\"RS256\"",
        "\"RSA1_5\"",
        "\"ES384\"",
        "\"EdDSA\"",
        "\"Ed25519\"",
        "\"PS256\"",
        "[\"ES256\"]"
      })
  @DisplayName("DPOP-08, DPOP-09, DPOP-10: alg is one of the list and that of the key")
  void otherAlgorithm_isRefused(String alg) {
    DpopClient.Proof proof = proof().header("alg", alg);
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof.toString());
    String unsigned = proof.toString().substring(0, proof.toString().lastIndexOf('.') + 1);
    assertRefused(Reason.DPOP_PROOF_MALFORMED, unsigned);
  }

  static List<Arguments> foreignKeys() {
    Map<String, String> p384 = DpopClient.of("ES384").jwk();
    Map<String, String> rsa = DpopClient.of("PS256").jwk();
    Map<String, String> edwards = DpopClient.of("EdDSA").jwk();
    Map<String, String> x25519 = new LinkedHashMap<>(edwards);
    x25519.put("crv", "X25519");
    Map<String, String> koblitz = new LinkedHashMap<>(CLIENT.jwk());
    koblitz.put("crv", "secp256k1");
    Map<String, String> relabelled = new LinkedHashMap<>(p384);
    relabelled.put("crv", "P-256");
    return List.of(
        Arguments.of("ES256", p384),
        Arguments.of("ES256", rsa),
        Arguments.of("ES256", edwards),
        Arguments.of("ES256", koblitz),
        Arguments.of("ES256", relabelled),
        Arguments.of("PS256", CLIENT.jwk()),
        Arguments.of("EdDSA", x25519),
        Arguments.of("EdDSA", CLIENT.jwk()));
  }

  @ParameterizedTest
  @MethodSource("foreignKeys")
  @DisplayName("DPOP-10: alg, kty and crv belong together")
  void keyOfAnotherKind_isRefused(String alg, Map<String, String> jwk) {
    DpopClient.Proof proof = proof().header("alg", quote(alg)).header("jwk", json(jwk));
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "\"x\"",
        "[]",
        "{}",
        "{\"kty\":\"EC\"}",
        "{\"kty\":\"oct\",\"crv\":\"P-256\"}",
        "5",
        "true"
      })
  @DisplayName("DPOP-11: jwk is an object with the public members of its type")
  void otherKey_isRefused(String jwk) {
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().header("jwk", jwk).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kty", "crv", "x", "y"})
  @DisplayName("DPOP-11: no member of the key may be missing")
  void incompleteKey_isRefused(String member) {
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().jwk(member, "").toString());
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().jwk(member, "5").toString());
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().jwk(member, "null").toString());
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().jwk(member, "\"\"").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
  @DisplayName("DPOP-12: no private or symmetric member, whatever its value")
  void privateKey_isRefused(String member) {
    for (String value : List.of("\"AAAA\"", "\"\"", "null", "5", "[]")) {
      assertRefused(Reason.DPOP_PRIVATE_KEY, proof().jwk(member, value).toString());
    }
  }

  @Test
  @DisplayName("DPOP-13: coordinates have full length, are canonical, and lie on the curve")
  void pointElsewhere_isRefused() {
    byte[] x = Base64.getUrlDecoder().decode(CLIENT.jwk().get("x"));
    byte[] longer = new byte[33];
    System.arraycopy(x, 0, longer, 1, 32);
    byte[] prime =
        new BigInteger("00ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16)
            .toByteArray();
    for (byte[] other :
        List.of(longer, Arrays.copyOf(x, 31), new byte[32], Arrays.copyOfRange(prime, 1, 33))) {
      String text = quote(DpopClient.encode(other));
      assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().jwk("x", text).toString());
      assertRefused(
          Reason.DPOP_PROOF_MALFORMED,
          proof()
              .header(
                  "jwk",
                  json(
                      Map.of(
                          "kty",
                          "EC",
                          "crv",
                          "P-256",
                          "x",
                          DpopClient.encode(other),
                          "y",
                          DpopClient.encode(other))))
              .toString());
    }
    String padded = quote(CLIENT.jwk().get("x") + "=");
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().jwk("x", padded).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "1024, AQAB",
    "2047, AQAB",
    "4097, AQAB",
    "16384, AQAB",
    "2048, AA",
    "2048, AQ",
    "2048, Ag",
    "2048, Aw",
    "2048, AQAA",
    "2048, AQAC",
    "2048, AAEAAQ",
    "2048, AQAAAAE",
    "2049, AQABAAAA"
  })
  @DisplayName("DPOP-14: RSA keys of 2048 to 4096 bits with a fitting exponent")
  void weakRsaKey_isRefused(int bits, String exponent) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    String n = DpopClient.encode(DpopClient.fixed(modulus, (bits + 7) / 8));
    DpopClient.Proof proof =
        proof()
            .header("alg", "\"PS256\"")
            .header("jwk", json(Map.of("kty", "RSA", "n", n, "e", exponent)));
    RefusedException refusal =
        assertThrows(
            RefusedException.class,
            () -> validator().check(request(proof.toString()), token()).verify());
    assertTrue(
        List.of(Reason.DPOP_WEAK_KEY, Reason.DPOP_PROOF_MALFORMED).contains(refusal.reason()));
    assertEquals(0, verifications.get());
  }

  @ParameterizedTest
  @CsvSource({"2048, AQAB", "4096, AQAB", "2048, gAAAAQ", "2048, _____w"})
  @DisplayName("DPOP-14: at the bounds an RSA key is strong enough")
  void rsaKeyAtTheBounds_isTaken(int bits, String exponent) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    String n = DpopClient.encode(DpopClient.fixed(modulus, bits / 8));
    String jwk = json(Map.of("kty", "RSA", "n", n, "e", exponent));
    DpopClient.Proof proof = proof().header("alg", "\"PS256\"").header("jwk", jwk);
    assertRefused(Reason.DPOP_PROOF_SIGNATURE, proof.toString());
  }

  @Test
  @DisplayName("DPOP-01: Ed25519 keys of either sign")
  void edwardsKeysOfEitherSign_areTaken() throws Exception {
    Set<Boolean> signs = new HashSet<>();
    while (signs.size() < 2) {
      DpopClient client = DpopClient.of("EdDSA");
      byte[] x = Base64.getUrlDecoder().decode(client.jwk().get("x"));
      signs.add(x[31] < 0);
      DpopProof taken = validator().check(request(proof(client).toString()), token()).verify();
      assertEquals(client.thumbprint(), taken.thumbprint());
      x[31] ^= (byte) 0x80;
      String other = proof(client).jwk("x", quote(DpopClient.encode(x))).toString();
      assertThrows(
          RefusedException.class, () -> validator().check(request(other), token()).verify());
    }
  }

  @Test
  @DisplayName("DPOP-14: an even modulus is no RSA key; 3072 and 4096 bits are")
  void rsaKeys_areTakenBySize() throws Exception {
    DpopClient large = DpopClient.rsa("PS256", 3072);
    validator().check(request(proof(large).toString()), token()).verify();
    byte[] n = Base64.getUrlDecoder().decode(large.jwk().get("n"));
    n[n.length - 1] &= (byte) 0xfe;
    String even = proof(large).jwk("n", quote(DpopClient.encode(n))).toString();
    assertRefused(Reason.DPOP_WEAK_KEY, even);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "01000000000000000000000000000000000000000000000000000000000000",
        "010000000000000000000000000000000000000000000000000000000000000000"
      })
  @DisplayName("DPOP-15: Ed25519 keys of small order, not reduced, or of another length")
  void weakEdwardsKey_isRefused(String hex) {
    String x = DpopClient.encode(HexFormat.of().parseHex(hex));
    DpopClient.Proof proof =
        proof()
            .header("alg", "\"EdDSA\"")
            .header("jwk", json(Map.of("kty", "OKP", "crv", "Ed25519", "x", x)));
    RefusedException refusal =
        assertThrows(
            RefusedException.class,
            () -> validator().check(request(proof.toString()), token()).verify());
    assertTrue(
        List.of(Reason.DPOP_WEAK_KEY, Reason.DPOP_PROOF_MALFORMED).contains(refusal.reason()));
    assertEquals(0, verifications.get());
  }

  @Test
  @DisplayName("DPOP-16: what the key says of its use must permit verifying")
  void keyForAnotherUse_isRefused() throws Exception {
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().jwk("use", "\"enc\"").toString());
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().jwk("alg", "\"ES512\"").toString());
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().jwk("key_ops", "[\"encrypt\"]").toString());
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().jwk("key_ops", "\"verify\"").toString());
    assertTaken(proof().jwk("use", "\"sig\""));
    assertTaken(proof().jwk("alg", "\"ES256\""));
    assertTaken(proof().jwk("key_ops", "[\"sign\",\"verify\"]"));
  }

  @Test
  @DisplayName("DPOP-17, DPOP-39: key references and what is unknown do no harm")
  void furtherMembers_areNotRead() throws Exception {
    for (String name : List.of("x5c", "x5u", "kid", "x5t", "jku")) {
      for (String value :
          List.of("\"https://127.0.0.1:1/x\"", "[\"garbage\"]", "\"../../x' or 1\"")) {
        assertTaken(proof().jwk(name, value));
        assertTaken(proof().header(name, value));
      }
    }
    assertTaken(proof().header("tx_id", "\"x\"").claim("foo", "{\"a\":[1]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"foo\"]",
        "[\"exp\"]",
        "[\"b64\"]",
        "[\"alg\"]",
        "[]",
        "null",
        "\"b64\"",
        "[1]"
      })
  @DisplayName("DPOP-18: critical extensions are not understood")
  void criticalExtension_isRefused(String crit) {
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().header("crit", crit).toString());
  }

  @Test
  @DisplayName("DPOP-18, DPOP-19: no unencoded payload, no encryption, no compression, no nesting")
  void otherSerialization_isRefused() {
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().header("b64", "false").toString());
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().header("b64", "true").toString());
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().header("zip", "\"DEF\"").toString());
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().header("enc", "\"A128GCM\"").toString());
    String nested = CLIENT.sign(proof().header("cty", "\"JWT\"").headerJson(), proof().toString());
    assertRefused(Reason.DPOP_PROOF_MALFORMED, nested);
    assertRefused(Reason.DPOP_PROOF_MALFORMED, "{\"payload\":\"x\"}");
    assertRefused(Reason.DPOP_PROOF_MALFORMED, "a.b.c.d.e");
  }

  @Test
  @DisplayName("DPOP-20: one bit of anything, or another key, and the signature does not hold")
  void otherSignature_isRefused() throws Exception {
    String stranger =
        proof().toString().replaceFirst("[^.]+$", "")
            + DpopClient.encode(DpopClient.of("ES256").signature("x"));
    assertRefused(Reason.DPOP_PROOF_SIGNATURE, stranger);
    String good = proof().toString();
    String[] parts = good.split("\\.");
    for (int bit = 0; bit < 512; bit += 37) {
      byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
      signature[bit / 8] ^= (byte) (1 << bit % 8);
      String altered = parts[0] + "." + parts[1] + "." + DpopClient.encode(signature);
      assertRefused(Reason.DPOP_PROOF_SIGNATURE, altered);
    }
    String other = CLIENT.sign(proof().headerJson(), proof().payloadJson()).split("\\.")[1];
    assertRefused(Reason.DPOP_PROOF_SIGNATURE, parts[0] + "." + other + "." + parts[2]);
    validator().check(request(good), token()).verify();
  }

  @Test
  @DisplayName("DPOP-21: ECDSA values in range and of fixed length")
  void ecdsaValueOutOfRange_isRefused() throws Exception {
    byte[] order =
        DpopClient.fixed(
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16),
            32);
    byte[] one = DpopClient.fixed(BigInteger.ONE, 32);
    byte[] zero = new byte[32];
    byte[] good = Base64.getUrlDecoder().decode(proof().toString().split("\\.")[2]);
    List<byte[]> values =
        List.of(
            join(zero, zero),
            join(zero, one),
            join(one, zero),
            join(order, one),
            join(one, order),
            Arrays.copyOf(good, 63),
            Arrays.copyOf(good, 65),
            Arrays.copyOf(good, 66),
            der(good));
    for (byte[] value : values) {
      String input = proof().toString().replaceFirst("\\.[^.]+$", "");
      assertRefused(Reason.DPOP_PROOF_SIGNATURE, input + "." + DpopClient.encode(value));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "5", "\"\"", "[]"})
  @DisplayName("DPOP-22: jti is a text")
  void otherId_isRefused(String jti) {
    assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().claim("jti", jti).toString());
  }

  @Test
  @DisplayName("DPOP-22: jti is bounded, and what is stored of it has one length")
  void longId_isRefused() throws Exception {
    assertRefused(
        Reason.DPOP_PROOF_MALFORMED, proof().claim("jti", quote("x".repeat(257))).toString());
    String longest = proof().claim("jti", quote("x".repeat(256))).toString();
    String shortest = proof().claim("jti", quote("x")).toString();
    assertEquals(43, validator().check(request(longest), token()).verify().id().length());
    assertEquals(43, validator().check(request(shortest), token()).verify().id().length());
  }

  @Test
  @DisplayName("DPOP-44: equal jti of different keys are different proofs")
  void idOfAnotherKey_isAnotherProof() throws Exception {
    DpopClient other = DpopClient.of("ES256");
    DpopProof first =
        validator().check(request(proof().claim("jti", "\"1\"").toString()), token()).verify();
    DpopProof again =
        validator().check(request(proof().claim("jti", "\"1\"").toString()), token()).verify();
    DpopProof second =
        validator().check(request(proof(other).claim("jti", "\"1\"").toString()), token()).verify();
    assertEquals(first.id(), again.id());
    assertTrue(!first.id().equals(second.id()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"POST\"", "\"get\"", "\"Get\"", "\" GET\"", "\"\""})
  @DisplayName("DPOP-23: htm is the request method")
  void otherMethod_isRefused(String htm) {
    assertRefused(Reason.DPOP_METHOD_MISMATCH, proof().claim("htm", htm).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"htm", "htu", "ath", "iat", "jti"})
  @DisplayName("DPOP-22, DPOP-23, DPOP-24, DPOP-31, DPOP-33: claims must be there, of their type")
  void claimOfAnotherType_isRefused(String claim) {
    for (String value :
        List.of("", "null", "true", "[]", "{}", claim.equals("iat") ? "\"1\"" : "5")) {
      assertRefused(Reason.DPOP_PROOF_MALFORMED, proof().claim(claim, value).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/r",
        "//api.example.com/r",
        "https:/r",
        "http://api.example.com/r",
        "ftp://api.example.com/r",
        "https://api.example.com/other",
        "https://api.example.com/r/x",
        "https://api.example.com/",
        "https://evil.example/r",
        "",
        "https://",
        "https:///r",
        ":",
        "https://api.example.com:8443/r",
        "https://api.example.com./r",
        "https://api.example.com/R",
        "https://api.example.com/r/",
        "https://api.example.com//r",
        "https://api.example.com/r;v=1",
        "https://api.example.com/%2Fr",
        "https://api.example.com/r%00",
        "https://api.example.com/%2572",
        "https://api.example.com/r+",
        "https://api.example.com@evil.example/r",
        "https://u:p@api.example.com/r",
        "https://api.example.com:0443/r",
        "https://api.example.com:99999/r",
        "https://api_x/r",
        "https://api.example.com\\\\/r",
        "https://%zz/r",
        "https://api.example.com/%zz",
        "https://api.example.com/%",
        "https://api.example.com/r%3Fx=1",
        "https://[::1/r",
        "https://api.example.com/r%"
      })
  @DisplayName("DPOP-24, DPOP-26, DPOP-28, DPOP-29: htu is the URL of the request and no other")
  void otherUri_isRefused(String htu) {
    assertRefused(Reason.DPOP_URI_MISMATCH, proof().claim("htu", quote(htu)).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "/a~b/c, HTTPS://API.EXAMPLE.COM/a~b/c",
    "/a~b/c, https://api.example.com:443/a~b/c",
    "/a~b/c, https://api.example.com:/a~b/c",
    "/a~b/c, https://api.example.com/a%7eb/c",
    "/a~b/c, https://api.example.com/a%7Eb/c",
    "/a~b/c, https://api.example.com/x/../a~b/./c",
    "/a%7eb/c, https://api.example.com/a~b/c",
    "/, https://api.example.com",
    "/, https://api.example.com?x=1",
    "/r, https://api.example.com/r?x=1",
    "/r, https://api.example.com/r#f",
    "/r, https://api.example.com/r?#",
    "/r;v=1, https://api.example.com/r;v=1",
    "/%c3%a9, https://api.example.com/%C3%A9",
  })
  @DisplayName("DPOP-25, DPOP-27: both sides in their normal form, without query and fragment")
  void otherSpellingOfTheUri_isTaken(String path, String htu) throws Exception {
    DpopClient.Proof proof = proof().claim("htu", quote(htu));
    validator().check(request("GET", path, proof.toString()), token()).verify();
  }

  @ParameterizedTest
  @CsvSource({
    "https://[2001:DB8::1]:8443, /app/r, https://[2001:db8::1]:8443/app/r, true",
    "https://api.example.com/svc2, /app/r, https://api.example.com/svc2/r, true",
    "https://api.example.com/svc2/, /app/r, https://api.example.com/svc2/r, true",
    "https://api.example.com/svc2, /app/r, https://api.example.com/app/r, false",
    "https://api.example.com/svc2, /x/../app/r, https://api.example.com/svc2/r, true",
    "https://api.example.com/svc2, /app;x/r, https://api.example.com/svc2/r, false",
    "https://api.example.com/svc2, /apple, https://api.example.com/svc2le, false",
    "https://api.example.com/svc2, /other/r, https://api.example.com/svc2er/r, false",
    "https://api.example.com/svc2, /o, https://api.example.com/svc2, false",
    "https://api.example.com/svc2, *, https://api.example.com/svc2*, false",
    "https://api.example.com/svc2, /app, https://api.example.com/svc2, false",
    "https://api.example.com/svc2, /%61pp/r, https://api.example.com/svc2/r, true",
    "https://api.example.com, /app/%zz, https://api.example.com/app/%zz, false",
    "https://api.example.com, /app/%zz, x, false",
    "http://localhost:8080, /app/r, http://localhost:8080/app/r, true",
    "http://localhost:80, /app/r, http://localhost/app/r, true"
  })
  @DisplayName("DPOP-24, DPOP-29: the base URL stands before the path, or for the context path")
  void baseUrl_makesTheUri(String base, String path, String htu, boolean matches) throws Exception {
    DpopProofValidator validator =
        new DpopProofValidator(
            settings(new BaseUrls(List.of(URI.create(base)))), () -> now, Engines.builtIn());
    now = NOW;
    ResourceRequest request =
        request("GET", path, "/app", List.of(proof().claim("htu", quote(htu)).toString()));
    if (matches) {
      validator.check(request, token()).verify();
    } else {
      RefusedException refusal =
          assertThrows(RefusedException.class, () -> validator.check(request, token()).verify());
      assertEquals(Reason.DPOP_URI_MISMATCH, refusal.reason());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-120, ''",
    "0, ''",
    "10, ''",
    "-121, DPOP_PROOF_EXPIRED",
    "11, DPOP_PROOF_FUTURE",
    "3600, DPOP_PROOF_FUTURE",
    "-3600, DPOP_PROOF_EXPIRED"
  })
  @DisplayName("DPOP-30: iat is at most the lifetime old and at most the skew ahead")
  void issueTime_isBounded(long offset, String reason) throws Exception {
    assertTimely(proof().at(NOW.plusSeconds(offset)), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "1e400, DPOP_PROOF_MALFORMED",
    "-1, DPOP_PROOF_EXPIRED",
    "1e30, DPOP_PROOF_FUTURE",
    "1795514400000, DPOP_PROOF_FUTURE",
    "NaN, DPOP_PROOF_MALFORMED",
    "1000000000000000000000000000000, DPOP_PROOF_FUTURE",
    "1.5e-400, DPOP_PROOF_EXPIRED"
  })
  @DisplayName("DPOP-31: iat is a finite number, whatever its size")
  void oddIssueTime_isRefused(String iat, String reason) throws Exception {
    assertTimely(proof().claim("iat", iat), reason);
  }

  @Test
  @DisplayName("DPOP-31: a fraction is no harm")
  void fractionOfASecond_isTaken() throws Exception {
    assertTaken(proof().claim("iat", NOW.getEpochSecond() + ".5"));
  }

  @Test
  @DisplayName("DPOP-32: exp and nbf count if they are there")
  void furtherTimes_count() throws Exception {
    long time = NOW.getEpochSecond();
    assertTimely(proof().claim("exp", Long.toString(time - 1)), "DPOP_PROOF_EXPIRED");
    assertTimely(proof().claim("exp", Long.toString(time)), "DPOP_PROOF_EXPIRED");
    assertTimely(proof().claim("nbf", Long.toString(time + 11)), "DPOP_PROOF_FUTURE");
    assertTimely(proof().claim("exp", "\"x\""), "DPOP_PROOF_MALFORMED");
    assertTimely(proof().claim("nbf", "true"), "DPOP_PROOF_MALFORMED");
    assertTaken(proof().claim("exp", Long.toString(time + 300)).claim("nbf", Long.toString(time)));
  }

  @Test
  @DisplayName("DPOP-30: the client is told what time it is here")
  void untimelyProof_isToldTheTime() {
    RefusedException refusal =
        assertThrows(
            RefusedException.class,
            () -> validator().check(request(proof().at(START).toString()), token()).verify());
    assertEquals(
        Optional.of(
            "The proof is not from now: server time 2026-11-24T10:00:00Z, at most 120 s old and 10 s"
                + " ahead."),
        refusal.description());
  }

  @Test
  @DisplayName("DPOP-33: ath is the hash of this token in base64url")
  void otherTokenHash_isRefused() {
    String hash = DpopClient.digest(TOKEN);
    byte[] octets = Base64.getUrlDecoder().decode(hash);
    List<String> others =
        List.of(
            DpopClient.digest("other"),
            HexFormat.of().formatHex(octets),
            hash + "=",
            Base64.getEncoder().encodeToString(octets),
            DpopClient.digest("DPoP tok"),
            hash.toUpperCase(Locale.ROOT),
            "",
            hash.substring(1));
    for (String other : others) {
      assertRefused(Reason.DPOP_TOKEN_HASH_MISMATCH, proof().claim("ath", quote(other)).toString());
    }
  }

  @Test
  @DisplayName("DPOP-46: no signature is looked at before all else holds")
  void worthlessProof_costsNoSignature() {
    DpopProofValidator validator = validator();
    List<UnaryOperator<DpopClient.Proof>> faults =
        List.of(
            proof -> proof.header("typ", "\"JWT\""),
            proof -> proof.claim("htm", "\"POST\""),
            proof -> proof.claim("htu", "\"https://x.example/r\""),
            proof -> proof.at(START),
            proof -> proof.claim("ath", "\"x\""),
            proof -> proof.jwk("d", "\"x\""),
            proof -> proof.claim("jti", ""));
    for (UnaryOperator<DpopClient.Proof> fault : faults) {
      String proof = fault.apply(proof()).toString();
      assertThrows(RefusedException.class, () -> validator.check(request(proof), token()).verify());
    }
    assertEquals(0, verifications.get());
    String forged = proof().toString().replaceFirst("[^.]+$", "AAAA");
    assertThrows(RefusedException.class, () -> validator.check(request(forged), token()).verify());
    assertEquals(1, verifications.get());
  }

  @Test
  @DisplayName(
      "DPOP-46, FLD-58: a key is not read again once it was told to be kept, and not before")
  void keptKey_isReadOnce() throws Exception {
    AtomicInteger keys = new AtomicInteger();
    SignatureEngine engine = Engines.builtIn();
    DpopProofValidator validator =
        new DpopProofValidator(
            settings(BASE),
            () -> now,
            (algorithm, key) -> {
              keys.incrementAndGet();
              return engine.verifier(algorithm, key);
            });
    now = NOW;
    String forged = proof().toString().replaceFirst("[^.]+$", "A".repeat(86));
    for (int i = 1; i <= 3; i++) {
      assertThrows(
          RefusedException.class, () -> validator.check(request(forged), token()).verify());
      assertEquals(i, keys.get());
    }
    validator.check(request(proof().toString()), token()).verify();
    assertEquals(4, keys.get());
    for (int i = 0; i < 3; i++) {
      DpopProof taken = validator.check(request(proof().toString()), token()).verify();
      taken.keepKey();
      assertEquals(CLIENT.thumbprint(), taken.thumbprint());
      assertEquals(5, keys.get());
    }
    assertThrows(RefusedException.class, () -> validator.check(request(forged), token()).verify());
    assertEquals(5, keys.get());
  }

  @Test
  @DisplayName("DPOP-20: a kept key stands for its own header alone")
  void keptKey_isThatOfItsHeader() throws Exception {
    DpopProofValidator validator = validator();
    DpopClient other = DpopClient.of("ES256");
    for (int i = 0; i < 2; i++) {
      for (DpopClient client : List.of(CLIENT, other)) {
        DpopProof good = validator.check(request(proof(client).toString()), token()).verify();
        good.keepKey();
        assertEquals(client.thumbprint(), good.thumbprint());
      }
    }
    String header = proof(other).headerJson();
    String stolen = CLIENT.sign(header, proof(other).payloadJson());
    assertEquals(
        Reason.DPOP_PROOF_SIGNATURE,
        assertThrows(
                RefusedException.class, () -> validator.check(request(stolen), token()).verify())
            .reason());
  }

  @Test
  @DisplayName(
      "DPOP-43, FLD-56: what could have been used before the start is refused, without a nonce")
  void proofFromBeforeTheStart_isRefused() throws Exception {
    now = START;
    DpopProofValidator validator = validatorAt(START);
    now = START.plusSeconds(5);
    String before = CLIENT.proof("GET", URL, TOKEN).at(START.minusSeconds(1)).toString();
    String after = CLIENT.proof("GET", URL, TOKEN).at(START).toString();
    RefusedException refusal =
        assertThrows(
            RefusedException.class, () -> validator.check(request(before), token()).verify());
    assertEquals(Reason.DPOP_PROOF_EXPIRED, refusal.reason());
    assertEquals("dpop.replay-store", refusal.setting());
    assertEquals("iat: before the start", refusal.detail());
    assertEquals(
        "The server has just started and takes no proof from before that: server time"
            + " 2026-11-24T09:00:05Z.",
        refusal.description().orElse(""));
    validator.check(request(after), token()).verify();
  }

  private DpopClient.Proof proof() {
    return proof(CLIENT);
  }

  private static DpopClient.Proof proof(DpopClient client) {
    return client.proof("GET", URL, TOKEN).at(NOW);
  }

  private void assertTimely(DpopClient.Proof proof, String reason) throws Exception {
    if (reason.isEmpty()) {
      assertTaken(proof);
    } else {
      assertRefused(Reason.valueOf(reason), proof.toString());
    }
  }

  private void assertTaken(DpopClient.Proof proof) throws RefusedException {
    DpopProof taken = validator().check(request(proof.toString()), token()).verify();
    assertEquals(CLIENT.thumbprint(), taken.thumbprint());
  }

  private void assertRefused(Reason reason, String... proofs) {
    RefusedException refusal =
        assertThrows(
            RefusedException.class, () -> validator().check(request(proofs), token()).verify());
    assertEquals(reason, refusal.reason());
    assertEquals(Optional.of(OAuthError.INVALID_DPOP_PROOF), refusal.error());
  }

  /** A validator that was started an hour ago. */
  private DpopProofValidator validator(String... keysAndValues) {
    DpopProofValidator validator = validatorAt(START, keysAndValues);
    now = NOW;
    return validator;
  }

  private DpopProofValidator validatorAt(Instant start, String... keysAndValues) {
    now = start;
    SignatureEngine engine = Engines.builtIn();
    return new DpopProofValidator(
        settings(BASE, keysAndValues),
        () -> now,
        (algorithm, key) -> {
          KeyVerifier verifier = engine.verifier(algorithm, key);
          return (input, signature) -> {
            verifications.incrementAndGet();
            return verifier.verifies(input, signature);
          };
        });
  }

  static DpopSettings settings(BaseUrls baseUrls, String... keysAndValues) {
    Map<String, String> entries = new LinkedHashMap<>(Map.of("dpop.type", "enabled"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      entries.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    ConfigReader config = new ConfigReader(List.of(PropertySource.of(entries)));
    return DpopSettings.read(config, DpopSettings.type(config) != DpopSettings.Type.OFF, baseUrls);
  }

  private static AccessToken token() {
    return AccessToken.parse(TOKEN).orElseThrow();
  }

  private static ResourceRequest request(String... proofs) {
    return request("GET", "/r", "", List.of(proofs));
  }

  private static ResourceRequest request(String method, String uri, String proof) {
    return request(method, uri, "", List.of(proof));
  }

  private static ResourceRequest request(
      String method, String uri, String contextPath, List<String> proofs) {
    return new ResourceRequest(
        method,
        uri,
        Optional.of("y=2"),
        contextPath,
        "/r",
        List.of(),
        proofs,
        new Connection(true, "127.0.0.1", "https", "api.example.com", 443, Optional.empty()));
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> quote(member.getKey()) + ":" + quote(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** The same numbers in the form of X9.62. */
  private static byte[] der(byte[] signature) {
    byte[] r = new BigInteger(1, Arrays.copyOf(signature, 32)).toByteArray();
    byte[] s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)).toByteArray();
    byte[] der = {0x30, (byte) (4 + r.length + s.length), 2, (byte) r.length};
    return join(join(der, r), join(new byte[] {2, (byte) s.length}, s));
  }
}
