/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static dev.portcullis.testing.DpopClient.quote;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.store.LocalReplayStore;
import dev.portcullis.testing.DpopClient;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One reason for each check that fails; of several, that of the first check. */
class DpopReasonsTest {

  private static final Instant START = Instant.parse("2026-11-24T09:00:00Z");
  private static final Instant NOW = START.plusSeconds(3600);
  private static final String URL = "https://api.example.com/r";
  private static final String KEY = "a2V5LWtleS1rZXkta2V5LWtleS1rZXkta2V5LWtleS1rZXk=";
  private static final DpopClient CLIENT = DpopClient.of("ES256");

  private Instant now = START;

  /** What is wrong with a proof, in the order of the checks. */
  private enum Fault {
    TYPE(Reason.DPOP_PROOF_MALFORMED, ""),
    ALGORITHM(Reason.DPOP_PROOF_MALFORMED, "dpop.signing-algorithms"),
    PRIVATE_KEY(Reason.DPOP_PRIVATE_KEY, ""),
    KEY_PURPOSE(Reason.DPOP_PROOF_MALFORMED, ""),
    ID(Reason.DPOP_PROOF_MALFORMED, ""),
    METHOD(Reason.DPOP_METHOD_MISMATCH, ""),
    URI(Reason.DPOP_URI_MISMATCH, "request.base-urls"),
    NO_NONCE(Reason.DPOP_NONCE_MISSING, "dpop.require-nonce"),
    FOREIGN_NONCE(Reason.DPOP_NONCE_STALE, "dpop.require-nonce"),
    EXPIRED(Reason.DPOP_PROOF_EXPIRED, ""),
    NOT_YET(Reason.DPOP_PROOF_FUTURE, "dpop.clock-skew"),
    FUTURE(Reason.DPOP_PROOF_FUTURE, "dpop.clock-skew"),
    OLD(Reason.DPOP_PROOF_EXPIRED, "dpop.proof-lifetime"),
    TOKEN_HASH(Reason.DPOP_TOKEN_HASH_MISMATCH, ""),
    SIGNATURE(Reason.DPOP_PROOF_SIGNATURE, "");

    private final Reason reason;
    private final String setting;

    Fault(Reason reason, String setting) {
      this.reason = reason;
      this.setting = setting;
    }

    DpopClient.Proof in(DpopClient.Proof proof) {
      long time = NOW.getEpochSecond();
      return switch (this) {
        case TYPE -> proof.header("typ", "\"JWT\"");
        case ALGORITHM -> proof.header("alg", "\"RS256\"");
        case PRIVATE_KEY, KEY_PURPOSE -> proof;
        case ID -> proof.claim("jti", "");
        case METHOD -> proof.claim("htm", "\"POST\"");
        case URI -> proof.claim("htu", "\"https://x.example/r\"");
        case NO_NONCE -> proof.claim("nonce", "");
        case FOREIGN_NONCE -> proof.claim("nonce", "\"x\"");
        case EXPIRED -> proof.claim("exp", Long.toString(time));
        case NOT_YET -> proof.claim("nbf", Long.toString(time + 11));
        case FUTURE -> proof.at(NOW.plusSeconds(11));
        case OLD -> proof.at(NOW.minusSeconds(121));
        case TOKEN_HASH -> proof.claim("ath", "\"x\"");
        case SIGNATURE -> proof;
      };
    }

    private boolean excludes(Fault other) {
      return (this == NO_NONCE && other == FOREIGN_NONCE) || (this == FUTURE && other == OLD);
    }
  }

  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (Fault first : Fault.values()) {
      for (Fault second : Fault.values()) {
        if (first.ordinal() <= second.ordinal() && !first.excludes(second)) {
          pairs.add(Arguments.of(first, second));
        }
      }
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  @DisplayName("DPOP-46: of two faults the first in the order of the checks is the reason")
  void firstFault_isTheReason(Fault first, Fault second) {
    DpopProofValidator validator = validator();
    DpopClient.Proof proof = proof().claim("nonce", quote(nonce()));
    first.in(second.in(proof));
    String text = text(proof, List.of(first, second));
    RefusedException refusal =
        assertThrows(
            RefusedException.class, () -> validator.check(request(text), token()).verify());
    assertEquals(first.reason, refusal.reason());
    assertEquals(first.setting, refusal.setting());
    boolean isNonce = first == Fault.NO_NONCE || first == Fault.FOREIGN_NONCE;
    assertEquals(
        Optional.of(isNonce ? OAuthError.USE_DPOP_NONCE : OAuthError.INVALID_DPOP_PROOF),
        refusal.error());
    boolean isTime = List.of(Fault.EXPIRED, Fault.NOT_YET, Fault.FUTURE, Fault.OLD).contains(first);
    assertEquals(
        isTime
            ? Optional.of(
                "The proof is not from now: server time 2026-11-24T10:00:00Z, at most 120 s old and"
                    + " 10 s ahead.")
            : Optional.empty(),
        refusal.description());
  }

  @Test
  @DisplayName("NON-12, DPOP-43: a proof is remembered as long as its nonce is good")
  void proofWithANonce_isRememberedAsLongAsTheNonceLives() throws Exception {
    DpopProofValidator validator = validator("dpop.enforce-iat-with-nonce", "false");
    ReplayGuard guard =
        new ReplayGuard(new LocalReplayStore(1000, () -> now, this::nanos), () -> now, () -> 0);
    String nonce = nonce();
    String proof = proof().claim("nonce", quote(nonce)).toString();
    guard.admit(validator.check(request(proof), token()).verify());
    for (int age : List.of(0, 119, 121, 200, 300)) {
      now = NOW.plusSeconds(age);
      DpopProof again = validator.check(request(proof), token()).verify();
      assertEquals(
          Reason.DPOP_REPLAY,
          assertThrows(RefusedException.class, () -> guard.admit(again)).reason(),
          "after " + age + " s");
      String other = proof().claim("nonce", quote(nonce)).toString();
      guard.admit(validator.check(request(other), token()).verify());
    }
    now = NOW.plusSeconds(301);
    assertEquals(
        Reason.DPOP_NONCE_STALE,
        assertThrows(
                RefusedException.class, () -> validator.check(request(proof), token()).verify())
            .reason());
  }

  @Test
  @DisplayName("DPOP-30, DPOP-32: the bounds of time are included")
  void boundsOfTime_areIncluded() throws Exception {
    DpopProofValidator validator = validator();
    long time = NOW.getEpochSecond();
    for (DpopClient.Proof proof :
        List.of(
            proof().claim("nbf", Long.toString(time + 10)),
            proof().claim("exp", Long.toString(time + 1)),
            proof().at(NOW.plusSeconds(10)),
            proof().at(NOW.minusSeconds(120)))) {
      String text = proof.claim("nonce", quote(nonce())).toString();
      assertEquals(
          CLIENT.thumbprint(), validator.check(request(text), token()).verify().thumbprint());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 121",
    "-7, '', 114",
    "-7.5, '', 113",
    "'', 0, 301",
    "'', -100, 201",
    "-119, -100, 201"
  })
  @DisplayName("DPOP-43, NON-12: how long a proof, or its nonce, could be accepted")
  void proof_isAcceptableForItsTime(String issuedAt, String nonceAge, long seconds)
      throws Exception {
    boolean hasNonce = !nonceAge.isEmpty();
    DpopProofValidator validator = validator("dpop.require-nonce", Boolean.toString(hasNonce));
    DpopClient.Proof proof = proof();
    if (!issuedAt.isEmpty()) {
      BigDecimal time = BigDecimal.valueOf(NOW.getEpochSecond()).add(new BigDecimal(issuedAt));
      proof.claim("iat", time.toPlainString());
    }
    if (hasNonce) {
      Instant time = NOW.plusSeconds(Long.parseLong(nonceAge));
      proof.claim("nonce", quote(TestingNonces.issuedAt(time, KEY)));
    }
    DpopProof taken = validator.check(request(proof.toString()), token()).verify();
    assertEquals(NOW.plusSeconds(seconds), taken.acceptableUntil());
  }

  @ParameterizedTest
  @CsvSource({"-150, false", "-151, true", "0, false"})
  @DisplayName("NON-08, NON-09: past half of a nonce's life there is another, and both are good")
  void agedNonce_isFollowedByAnother(long age, boolean isDue) throws Exception {
    DpopProofValidator validator = validator();
    String aged = TestingNonces.issuedAt(NOW.plusSeconds(age), KEY);
    String proof = proof().claim("nonce", quote(aged)).toString();
    Optional<String> next = validator.check(request(proof), token()).verify().nextNonce();
    assertEquals(isDue, next.isPresent());
    String another = proof().claim("nonce", quote(next.orElse(aged))).toString();
    assertEquals(Optional.empty(), validator.check(request(another), token()).verify().nextNonce());
    assertEquals(
        CLIENT.thumbprint(), validator.check(request(proof), token()).verify().thumbprint());
  }

  @Test
  @DisplayName("NON-01, NON-13: there are nonces where they are required, and each is another")
  void nonces_areThereWhereTheyAreRequired() {
    DpopProofValidator validator = validator();
    assertNotEquals(validator.nonce(), validator.nonce());
    assertEquals(Optional.empty(), validator("dpop.require-nonce", "false").nonce());
  }

  @ParameterizedTest
  @CsvSource({"-1, -60, DPOP_NONCE_STALE", "0, -60, ''", "0, 1, ''", "-1, 1, DPOP_NONCE_STALE"})
  @DisplayName("DPOP-43: a nonce from before the start is stale; with one from after it iat is not")
  void nonceFromBeforeTheStart_isStale(long nonce, long issuedAt, String reason) throws Exception {
    DpopProofValidator validator = validator();
    now = START.plusSeconds(5);
    String proof =
        CLIENT
            .proof("GET", URL, "tok")
            .at(START.plusSeconds(issuedAt))
            .claim("nonce", quote(TestingNonces.issuedAt(START.plusSeconds(nonce), KEY)))
            .toString();
    if (reason.isEmpty()) {
      assertEquals(
          CLIENT.thumbprint(), validator.check(request(proof), token()).verify().thumbprint());
    } else {
      assertEquals(
          Reason.valueOf(reason),
          assertThrows(
                  RefusedException.class, () -> validator.check(request(proof), token()).verify())
              .reason());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dpop.replay-detection, false",
    "dpop.replay-store, dev.portcullis.testing.TestingReplayStore"
  })
  @DisplayName("DPOP-43: where nothing is forgotten at the start, what is from before it counts")
  void whereNothingIsForgotten_whatIsEarlierCounts(String key, String value) throws Exception {
    for (boolean hasNonce : List.of(true, false)) {
      DpopProofValidator validator =
          validator(key, value, "dpop.require-nonce", Boolean.toString(hasNonce));
      now = START.plusSeconds(5);
      String proof =
          CLIENT
              .proof("GET", URL, "tok")
              .at(START.minusSeconds(50))
              .claim("nonce", quote(TestingNonces.issuedAt(START.minusSeconds(50), KEY)))
              .toString();
      assertEquals(
          CLIENT.thumbprint(), validator.check(request(proof), token()).verify().thumbprint());
    }
  }

  /** Signed, with faults of the key and the signature put in. */
  private static String text(DpopClient.Proof proof, List<Fault> faults) {
    String header = proof.headerJson();
    if (faults.contains(Fault.PRIVATE_KEY)) {
      header = header.replace("\"kty\"", "\"d\":\"x\",\"kty\"");
    }
    if (faults.contains(Fault.KEY_PURPOSE)) {
      header = header.replace("\"kty\"", "\"use\":\"enc\",\"kty\"");
    }
    String signed = CLIENT.sign(header, proof.payloadJson());
    if (!faults.contains(Fault.SIGNATURE)) {
      return signed;
    }
    String other = DpopClient.encode(CLIENT.signature("other")); // well-formed, of another message
    return signed.substring(0, signed.lastIndexOf('.') + 1) + other;
  }

  /** A validator that was started an hour ago. */
  private DpopProofValidator validator(String... more) {
    now = START;
    List<String> settings =
        new ArrayList<>(
            List.of(
                "dpop.require-nonce", "true",
                "dpop.signing-algorithms", "ES256",
                "dpop.nonce-key", KEY,
                "dpop.nonce-lifetime", "300",
                "dpop.enforce-iat-with-nonce", "true"));
    settings.addAll(List.of(more));
    BaseUrls base = new BaseUrls(List.of(URI.create("https://api.example.com")));
    DpopProofValidator validator =
        new DpopProofValidator(
            DpopProofValidatorTest.settings(base, settings.toArray(String[]::new)),
            () -> now,
            Engines.builtIn());
    now = NOW;
    return validator;
  }

  private long nanos() {
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond() - START.getEpochSecond());
  }

  private static String nonce() {
    return TestingNonces.issuedAt(NOW, KEY);
  }

  private static DpopClient.Proof proof() {
    return CLIENT.proof("GET", URL, "tok").at(NOW);
  }

  private static AccessToken token() {
    return AccessToken.parse("tok").orElseThrow();
  }

  private static ResourceRequest request(String proof) {
    return new ResourceRequest(
        "GET",
        "/r",
        Optional.empty(),
        "",
        "/r",
        List.of(),
        List.of(proof),
        new Connection(true, "127.0.0.1", "https", "api.example.com", 443, Optional.empty()));
  }
}
