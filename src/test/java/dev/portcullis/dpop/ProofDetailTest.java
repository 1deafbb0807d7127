/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static dev.portcullis.testing.DpopClient.quote;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.testing.DpopClient;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients in the field send, and what the operator is told of what is refused. */
class ProofDetailTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final String URL = "https://api.example.com/r";
  private static final DpopClient CLIENT = DpopClient.of("ES256");
  private static final BaseUrls BASE = new BaseUrls(List.of(URI.create("https://api.example.com")));

  @ParameterizedTest
  @CsvSource({
    "EdDSA, EdDSA",
    "EdDSA, Ed25519",
    "Ed25519, EdDSA",
    "Ed25519, Ed25519",
    "ES256, ES256",
    "RS256, RS256"
  })
  @DisplayName("FLD-52: one algorithm under two names")
  void keyWithTheOtherNameOfItsAlgorithm_isTaken(String alg, String named) throws Exception {
    DpopClient client = DpopClient.of(alg);
    String proof = client.proof("GET", URL, "tok").at(NOW).jwk("alg", quote(named)).toString();
    assertEquals(client.thumbprint(), verify(proof).thumbprint());
  }

  @ParameterizedTest
  @CsvSource({"EdDSA, ES256", "Ed25519, Ed448", "ES256, EdDSA", "RS256, PS256", "PS256, RS256"})
  @DisplayName("FLD-52: and no other")
  void keyOfAnotherAlgorithm_isRefused(String alg, String named) {
    String proof =
        DpopClient.of(alg).proof("GET", URL, "tok").at(NOW).jwk("alg", quote(named)).toString();
    assertDetail("jwk: alg", "", proof);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dpop+jwt",
        "DPoP+JWT",
        "DPOP+JWT",
        "application/dpop+jwt",
        "Application/DPoP+jwt"
      })
  @DisplayName("FLD-54: typ is a media type, in any case, with its prefix or without")
  void otherSpellingOfTheType_isTaken(String typ) throws Exception {
    verify(proof().header("typ", quote(typ)).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonce", "exp", "nbf"})
  @DisplayName("FLD-54: a claim that is null is not there")
  void claimThatIsNull_isNotThere(String claim) throws Exception {
    verify(proof().claim(claim, "null").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"use", "alg", "key_ops"})
  @DisplayName("FLD-54: nor is a member of the key")
  void memberThatIsNull_isNotThere(String member) throws Exception {
    verify(proof().jwk(member, "null").toString());
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "typ; \"JWT\"; typ",
        "typ; ''; typ",
        "crit; []; crit",
        "zip; \"DEF\"; zip",
        "alg; \"none\"; alg",
        "alg; \"HS256\"; alg",
        "alg; null; alg",
        "jwk; \"x\"; jwk",
        "jwk; ''; jwk",
        "jwk; {}; jwk: kty",
        "jwk; {\"kty\":\"EC\"}; jwk: crv"
      },
      delimiter = ';')
  @DisplayName("FLD-55: which part of the header")
  void malformedHeader_isToldByPart(String member, String value, String detail) {
    assertDetail(detail, "", proof().header(member, value).toString());
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "x; \"A\"; jwk: x",
        "y; \"AA\"; jwk: y",
        "use; \"enc\"; jwk: use",
        "key_ops; [\"sign\"]; jwk: key_ops"
      },
      delimiter = ';')
  @DisplayName("FLD-55: which member of the key")
  void malformedKey_isToldByMember(String member, String value, String detail) {
    assertDetail(detail, "", proof().jwk(member, value).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jti", "htm", "htu", "iat", "ath"})
  @DisplayName("FLD-55: which claim")
  void malformedClaim_isToldByName(String claim) {
    assertDetail("claims: " + claim, "", proof().claim(claim, "").toString());
    assertDetail("claims: " + claim, "", proof().claim(claim, "[]").toString());
  }

  @Test
  @DisplayName("FLD-55: which part of the text")
  void malformedText_isToldByPart() {
    String proof = proof().toString();
    String[] parts = proof.split("\\.");
    assertDetail("several proofs", "", proof, proof);
    assertDetail("parts", "", parts[0] + "." + parts[1]);
    assertDetail("header-part", "", parts[0] + "=." + parts[1] + "." + parts[2]);
    assertDetail("payload-part", "", parts[0] + "." + parts[1] + "=." + parts[2]);
    assertDetail("signature-part", "", proof + "=");
    assertDetail("length", "", proof + "a".repeat(8192));
    assertDetail("header", "", CLIENT.sign("{", "{}"));
    assertDetail("claims", "", CLIENT.sign(proof().headerJson(), "{"));
  }

  @Test
  @DisplayName("FLD-55: the setting that decides is named")
  void algorithmThatIsNotAllowed_isToldWithItsSetting() {
    RefusedException refusal =
        assertThrows(
            RefusedException.class,
            () ->
                validator("dpop.signing-algorithms", "PS256")
                    .check(request(List.of(proof().toString())), token()));
    assertEquals("alg: ES256", refusal.detail());
    assertEquals("dpop.signing-algorithms", refusal.setting());
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com/s, https://api.example.com/s",
    "https://u:secret@evil.example/r, https://evil.example/r",
    "x:u:secret@evil.example/r, evil.example/r",
    "https://evil.example/r?access_token=secret#secret, https://evil.example/r",
    "https://evil.example/r;access_token=secret/s, https://evil.example/r/s",
    "https://evil.example/a\\u202eb\\u0000\\u200b, https://evil.example/a?b??",
    "'', ''"
  })
  @DisplayName("FLD-55: expected and claimed URL, and nothing in them that could be a secret")
  void otherUri_isShownBesideTheExpectedOne(String claimed, String shown) {
    assertDetail(
        "htu: expected https://api.example.com/r, claimed " + shown,
        "request.base-urls",
        proof().claim("htu", "\"" + claimed + "\"").toString());
  }

  @Test
  @DisplayName("FLD-55: however long it is, not much of it")
  void longUri_isCut() {
    String claimed = "https://api.example.com/" + "x".repeat(3000);
    assertDetail(
        "htu: expected https://api.example.com/r, claimed " + claimed.substring(0, 512) + "...",
        "request.base-urls",
        proof().claim("htu", quote(claimed)).toString());
  }

  @Test
  @DisplayName("FLD-55: method and age")
  void otherMethodAndAge_areShown() {
    assertDetail(
        "htm: expected GET, claimed P?ST", "", proof().claim("htm", "\"P\\nST\"").toString());
    assertDetail(
        "iat: 121 s old", "dpop.proof-lifetime", proof().at(NOW.minusSeconds(121)).toString());
    assertDetail("iat: -11 s old", "dpop.clock-skew", proof().at(NOW.plusSeconds(11)).toString());
  }

  private static void assertDetail(String detail, String setting, String... proofs) {
    RefusedException refusal =
        assertThrows(
            RefusedException.class, () -> validator().check(request(List.of(proofs)), token()));
    assertEquals(detail, refusal.detail());
    assertEquals(setting, refusal.setting());
  }

  private static DpopProof verify(String proof) throws RefusedException {
    return validator().check(request(List.of(proof)), token()).verify();
  }

  private static DpopProofValidator validator(String... settings) {
    Instant[] now = {NOW.minusSeconds(3600)};
    DpopProofValidator validator =
        new DpopProofValidator(
            DpopProofValidatorTest.settings(BASE, settings), () -> now[0], Engines.builtIn());
    now[0] = NOW;
    return validator;
  }

  private static DpopClient.Proof proof() {
    return CLIENT.proof("GET", URL, "tok").at(NOW);
  }

  private static AccessToken token() {
    return AccessToken.parse("tok").orElseThrow();
  }

  private static ResourceRequest request(List<String> proofs) {
    return new ResourceRequest(
        "GET",
        "/r",
        Optional.empty(),
        "",
        "/r",
        List.of(),
        proofs,
        new Connection(true, "127.0.0.1", "https", "api.example.com", 443, Optional.empty()));
  }
}
