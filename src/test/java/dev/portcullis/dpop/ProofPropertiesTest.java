/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.testing.Choices;
import dev.portcullis.testing.Trials;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What holds of all proofs, as far as chance finds them. {@code -Dtrials=100000} lets it look
 * longer.
 */
class ProofPropertiesTest {

  private static final ProofTrial UNSIGNED = ProofTrial.unsigned();
  private static final ProofTrial WITH_NONCES = ProofTrial.withNonces();
  private static final ProofTrial SIGNED = ProofTrial.signed();
  private static final String ORIGIN = "https://kiosk.example.com";
  private static final BaseUrls BELOW = new BaseUrls(List.of(URI.create(ORIGIN + "/svc")));

  private static int good;
  private static int all;

  /** A generator whose proofs are all bad, or all good, would show nothing. */
  @AfterAll
  static void someProofsWereGood() {
    assertTrue(all == 0 || (good > all / 10 && good < all / 2), () -> good + " of " + all);
  }

  @Test
  @DisplayName("DPOP-04 to DPOP-33: form and claims of a proof are judged as the rules judge them")
  void proof_isJudgedByTheRules() {
    Trials.ofChoices(
        choices -> {
          good += UNSIGNED.run(choices) ? 1 : 0;
          all++;
        });
  }

  @Test
  @DisplayName("NON-04 to NON-07, NON-11: so are nonces")
  void nonce_isJudgedByTheRules() {
    Trials.ofChoices(WITH_NONCES::run);
  }

  @Test
  @DisplayName("DPOP-20, DPOP-21: so are signatures, of which each fifth proof gets one")
  void signature_isJudgedByTheRules() {
    Trials.ofOctets(
        octets -> {
          if (octets.length % 5 == 0) {
            SIGNED.run(Choices.of(octets));
          }
        });
  }

  @Test
  @DisplayName("DPOP-25 to DPOP-29: the normal form of a URI is that of RFC 3986")
  void uri_hasTheNormalFormOfTheReference() {
    Trials.ofChoices(
        choices -> {
          String path =
              choices.of("/r", "", "/a~b/c", "/%7eb/%c3%a9", "/x/../r;v=1", "//r", "/a/./b/..");
          ProofFuzz.checkUri(MadeUpUri.respelt(ORIGIN + path, choices));
        });
  }

  @Test
  @DisplayName("DPOP-24: below a context path, what follows it follows the base URL")
  void requestUri_followsTheBaseUrl() {
    Trials.ofChoices(
        choices -> {
          String uri = MadeUpUri.respelt(ORIGIN + "/app/r", choices);
          String path =
              uri.startsWith(ORIGIN + "/") ? uri.substring(ORIGIN.length()) : "/app/" + uri;
          Optional<String> expected =
              ReferenceUri.path(path)
                  .filter(normal -> normal.startsWith("/app/"))
                  .flatMap(normal -> ReferenceUri.normalise(ORIGIN + "/svc" + normal.substring(4)));
          assertEquals(expected, TargetUri.of(request(path), BELOW));
        });
  }

  @Test
  @DisplayName("DPOP-04: octets have one spelling in base64url")
  void octets_haveOneSpelling() {
    Trials.ofOctets(
        octets -> {
          if (octets.length > 0) {
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
            assertEquals(text, Base64Url.encode(octets));
            assertArrayEquals(octets, Base64Url.decode(text).orElseThrow());
          }
        });
  }

  @Test
  @DisplayName("DPOP-04: no other text is base64url")
  void otherText_isNoBase64Url() {
    Trials.ofChoices(
        choices -> {
          String text = choices.textOf("AQXZ0189gw-_=+/ \u0141", 12);
          Optional<byte[]> expected = ReferenceKey.decode(text).filter(octets -> octets.length > 0);
          Optional<byte[]> decoded = Base64Url.decode(text);
          assertEquals(expected.isPresent(), decoded.isPresent());
          expected.ifPresent(octets -> assertArrayEquals(octets, decoded.orElseThrow()));
        });
  }

  private static ResourceRequest request(String path) {
    return new ResourceRequest(
        "GET",
        path,
        Optional.empty(),
        "/app",
        "/r",
        List.of(),
        List.of(),
        new Connection(true, "192.0.2.1", "https", "kiosk.example.com", 443, Optional.empty()));
  }
}
