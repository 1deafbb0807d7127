/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static dev.portcullis.rows.IntrospectionJwtRig.ACTIVE;
import static dev.portcullis.rows.IntrospectionJwtRig.keySet;
import static dev.portcullis.rows.IntrospectionJwtRig.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.Answers;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import dev.portcullis.testing.TestingJwt;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys that signed answers are verified with, through the whole filter. */
class PublishedKeysTest {

  private static final KeyPair POINT = TestingJwt.p256();
  private static final KeyPair RSA = TestingJwt.rsa(2048);

  @Test
  @DisplayName("JWI-12: of two keys with one kid the one of the right type is used")
  void duplicateKid_isResolvedByType() throws Exception {
    try (IntrospectionJwtRig rig = IntrospectionJwtRig.signing("ES256", POINT)) {
      rig.publishing(
          keySet(
              TestingJwt.jwk(RSA.getPublic(), ",\"kid\":\"k1\""),
              TestingJwt.jwk(TestingJwt.p256().getPublic(), ",\"kid\":\"k1\",\"use\":\"enc\""),
              TestingJwt.jwk(POINT.getPublic(), ",\"kid\":\"k1\",\"use\":\"sig\"")));
      rig.assertPasses(rig.good());
      assertEquals(1, rig.fetches());
    }
  }

  @Test
  @DisplayName("JWI-12: Ed25519 signs too")
  void ed25519_isRead() throws Exception {
    try (IntrospectionJwtRig rig = IntrospectionJwtRig.signing("EdDSA", TestingJwt.ed25519())) {
      rig.assertPasses(rig.good());
    }
  }

  @Test
  @DisplayName("JWI-12: a hundred answers with unknown kid lead to one more fetch at most")
  void unknownKid_triggersOneRefresh() throws Exception {
    try (IntrospectionJwtRig rig = IntrospectionJwtRig.signing("ES256", POINT)) {
      rig.assertPasses(rig.good());
      for (int i = 0; i < 100; i++) {
        rig.assertRefused(rig.sign(rig.header().replace("k1", "r" + i), payload(ACTIVE)));
      }
      assertTrue(rig.fetches() <= 2, () -> "fetches: " + rig.fetches());
      rig.assertPasses(rig.good());
    }
  }

  @Test
  @DisplayName("JWI-12: the last good set stays in use while no new one can be had")
  void lastGoodSet_staysInUse() throws Exception {
    try (IntrospectionJwtRig rig = IntrospectionJwtRig.signing("ES256", POINT)) {
      rig.assertPasses(rig.good());
      rig.publishing(Answers.status(500));
      rig.assertRefused(rig.sign(rig.header().replace("k1", "k2"), payload(ACTIVE)));
      rig.assertPasses(rig.good());
    }
  }

  @Test
  @DisplayName(
      "DIS-09: keys that are secret, private, for encryption, small or malformed are passed over")
  void uselessKeys_arePassedOver() throws Exception {
    String point = TestingJwt.jwk(POINT.getPublic(), ",\"kid\":\"k1\"");
    List<String> useless =
        List.of(
            "{\"kty\":\"oct\",\"kid\":\"k1\",\"k\":\"AAAA\"}",
            TestingJwt.jwk(POINT.getPublic(), ",\"kid\":\"k1\",\"d\":\"AAAA\""),
            TestingJwt.jwk(POINT.getPublic(), ",\"kid\":\"k1\",\"k\":\"AAAA\""),
            TestingJwt.jwk(POINT.getPublic(), ",\"kid\":\"k1\",\"use\":\"enc\""),
            TestingJwt.jwk(POINT.getPublic(), ",\"kid\":\"k1\",\"key_ops\":[\"encrypt\"]"),
            TestingJwt.jwk(POINT.getPublic(), ",\"kid\":\"k1\",\"alg\":\"ES384\""),
            TestingJwt.jwk(POINT.getPublic(), ",\"kid\":5"),
            point.replace("\"x\":\"", "\"x\":\"AA"),
            point.replace("P-256", "P-384"),
            point.replace("\"EC\"", "\"RSA\""),
            "5",
            "null",
            "{}");
    for (String key : useless) {
      try (IntrospectionJwtRig rig = IntrospectionJwtRig.signing("ES256", POINT)) {
        rig.publishing(keySet(key));
        rig.assertRefused(rig.good());
      }
    }
    try (IntrospectionJwtRig rig = IntrospectionJwtRig.signing("ES256", POINT)) {
      rig.publishing(keySet(String.join(",", useless), point));
      rig.assertPasses(rig.good());
    }
  }

  @Test
  @DisplayName("DIS-09: RSA keys have 2048 bits at least")
  void smallRsaKey_isPassedOver() throws Exception {
    KeyPair small = TestingJwt.rsa(1024);
    try (IntrospectionJwtRig rig = IntrospectionJwtRig.signing("PS256", small)) {
      rig.assertRefused(rig.good());
    }
  }

  @ParameterizedTest
  @DisplayName("DIS-09: what is no key set gives no keys")
  @ValueSource(strings = {"{}", "{\"keys\":{}}", "{\"keys\":null}", "[]", "", "{\"keys\":[]}"})
  void noKeySet_givesNoKeys(String document) throws Exception {
    try (IntrospectionJwtRig rig = IntrospectionJwtRig.signing("ES256", POINT)) {
      rig.publishing(Answers.typed("application/jwk-set+json", document));
      rig.assertRefused(rig.good());
    }
  }

  @Test
  @DisplayName("DIS-09: a key-set server with a certificate for another host gives no keys")
  void wrongHost_givesNoKeys() throws Exception {
    TestingCertificates certificates = TestingCertificates.shared();
    try (TestingAuthorizationServer other =
        TestingAuthorizationServer.secured(certificates.context(Server.WRONG_HOST))) {
      other.always(keySet(TestingJwt.jwk(POINT.getPublic(), ",\"kid\":\"k1\"")));
      TestingAuthorizationServer server =
          TestingAuthorizationServer.secured(certificates.context(Server.GOOD));
      try (IntrospectionJwtRig rig =
          IntrospectionJwtRig.asking(
              server,
              "ES256",
              POINT,
              "as.jwks-endpoint",
              other.url("/jwks"),
              "as.trusted-certificate-group",
              "corp",
              "trust.corp.store",
              certificates.trustStore().toString(),
              "trust.corp.store-password",
              TestingCertificates.PASSWORD)) {
        rig.assertRefused(rig.good());
        assertEquals(List.of(), other.requests());
      }
    }
  }

  @Test
  @DisplayName("JWI-12: whoever needs the keys at the same time shares one fetch")
  void concurrentNeed_isOneFetch() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try (IntrospectionJwtRig rig = IntrospectionJwtRig.signing("ES256", POINT)) {
      rig.get(Answers.typed("text/plain", "")); // a form that needs no keys
      rig.answering(Answers.typed(IntrospectionJwtRig.TYPE, rig.good()));
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String token = "concurrent-" + i;
        all.add(pool.submit(() -> status(rig, token)));
      }
      for (Future<Integer> one : all) {
        assertEquals(200, one.get());
      }
      assertEquals(1, rig.fetches());
    } finally {
      pool.shutdownNow();
    }
  }

  private static int status(IntrospectionJwtRig rig, String token) throws IOException {
    return rig.rig().get(token).status();
  }

  @Test
  @DisplayName(
      "JWI-12, INT-11: a key-set server that hangs costs no more than the overall time-out")
  void hangingKeySet_endsInTime() throws Exception {
    try (IntrospectionJwtRig rig =
        IntrospectionJwtRig.signing("ES256", POINT, "http.overall-timeout", "700")) {
      rig.publishing(Answers.stall());
      long began = System.nanoTime();
      rig.assertRefused(rig.good());
      Duration took = Duration.ofNanos(System.nanoTime() - began);

      assertTrue(took.compareTo(Duration.ofMillis(2500)) < 0, () -> "took " + took);
    }
  }
}
