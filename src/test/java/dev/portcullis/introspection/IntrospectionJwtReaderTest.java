/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.authserver.IntrospectionJwtSettings;
import dev.portcullis.authserver.KeySet;
import dev.portcullis.authserver.SigningAlgorithm;
import dev.portcullis.json.JsonReader;
import dev.portcullis.oauth.AttributePath;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.testing.TestingJwt;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed answers at a moment that the test chooses, and answers that chance has spoilt. */
class IntrospectionJwtReaderTest {

  private static final Optional<String> TYPE = Optional.of("application/token-introspection+jwt");
  private static final long T = 1_800_000_000;
  private static final KeyPair KEY = TestingJwt.p256();
  private static final String HEADER = "{\"typ\":\"token-introspection+jwt\",\"alg\":\"ES256\"}";
  private static final String INNER = "{\"active\":true,\"sub\":\"alice\",\"scope\":\"read\"}";

  private IntrospectionJwtReader reader;

  @BeforeEach
  void makeReader() throws Exception {
    String jwks = "{\"keys\":[" + TestingJwt.jwk(KEY.getPublic(), "") + "]}";
    KeySet keys = KeySet.of(JsonReader.readObject(jwks.getBytes(UTF_8))).orElseThrow();
    reader =
        new IntrospectionJwtReader(
            new IntrospectionJwtSettings(
                "https://as.example.com",
                Set.of("rs-1"),
                SigningAlgorithm.ES256,
                Optional.empty(),
                Optional.empty()),
            () -> keys,
            (known, atMost) -> known,
            List.of(new AttributePath("realm.groups")),
            () -> Instant.ofEpochSecond(T, 999_999_999));
  }

  private static String payload(String issuedAt) {
    return "{\"iss\":\"https://as.example.com\",\"aud\":\"rs-1\",\"iat\":"
        + issuedAt
        + ",\"token_introspection\":"
        + INNER
        + "}";
  }

  private TokenInfo read(String jwt) throws UnreadableAnswerException {
    return reader.read(TYPE, jwt.getBytes(ISO_8859_1), () -> Duration.ZERO, Instant.EPOCH);
  }

  private static String signed(String payload) {
    return TestingJwt.sign("ES256", KEY.getPrivate(), HEADER, payload);
  }

  @ParameterizedTest
  @DisplayName("JWI-07: the window is T-60 to T+10, bounds included")
  @ValueSource(strings = {"1799999940", "1799999940.5", "1800000000", "1800000010", "1.80000001e9"})
  void withinTheWindow_isRead(String issuedAt) throws Exception {
    assertTrue(read(signed(payload(issuedAt))).isActive());
  }

  @ParameterizedTest
  @DisplayName("JWI-07: outside of the window nothing is read")
  @CsvSource({"1799999939", "1799999939.999", "1800000010.001", "1800000011", "0", "-1", "1e300"})
  void outsideTheWindow_isRefused(String issuedAt) {
    UnreadableAnswerException refusal =
        assertThrows(UnreadableAnswerException.class, () -> read(signed(payload(issuedAt))));

    assertEquals("'iat' is missing, too old or in the future", refusal.problem());
  }

  @Test
  @DisplayName("JWI-08: of the JWT nothing is kept but the answer")
  void nothingOfTheJwt_isKept() throws Exception {
    TokenInfo info = read(signed(payload("1800000000")));

    assertEquals(INNER, info.response().toString());
    assertEquals(Instant.EPOCH, info.retrievedAt());
  }

  @ParameterizedTest
  @DisplayName("CFG-08: no system property of the library lets an unsigned answer in")
  @ValueSource(
      strings = {"org.jose4j.jws.default-allow-none", "org.jose4j.jws.getPayload-skip-verify"})
  void lenientLibrary_changesNothing(String property) throws Exception {
    String payload = payload("1800000000");
    String good = signed(payload);
    String signature = good.substring(good.lastIndexOf('.') + 1);
    String other = signed(payload("1800000001"));
    String unsigned = HEADER.replace("ES256", "none");
    System.setProperty(property, "true");
    try {
      assertTrue(read(good).isActive());
      for (String bad :
          List.of(
              good.replace(signature, ""),
              good.replace(signature, other.substring(other.lastIndexOf('.') + 1)),
              TestingJwt.sign("ES256", KEY.getPrivate(), unsigned, payload),
              TestingJwt.sign("ES256", KEY.getPrivate(), unsigned, payload)
                  .replaceFirst("[^.]*$", ""))) {
        assertThrows(UnreadableAnswerException.class, () -> read(bad), bad);
      }
    } finally {
      System.clearProperty(property);
    }
  }

  /** Every change of the text is a change of what is signed, or of the signature. */
  @ParameterizedTest
  @DisplayName("JWI-03, ERR-15: a spoilt answer is refused and nothing else, whatever the damage")
  @ValueSource(longs = {1, 2, 3})
  void spoiltAnswer_isRefused(long seed) throws Exception {
    Random random = new Random(seed);
    String good = signed(payload("1800000000"));
    assertTrue(read(good).isActive());
    for (int i = 0; i < 800; i++) {
      String spoilt = spoil(good, random);
      if (!spoilt.equals(good)) {
        assertThrows(UnreadableAnswerException.class, () -> read(spoilt), spoilt);
      }
    }
  }

  /** Spoilt before it is signed: what passes says what the untouched answer says. */
  @ParameterizedTest
  @DisplayName(
      "JWI-05, JWI-06, JWI-08, ERR-15: a spoilt header or payload is refused, or means the same")
  @ValueSource(longs = {4, 5, 6})
  void spoiltContent_isRefusedOrMeansTheSame(long seed) throws Exception {
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      boolean inHeader = random.nextBoolean();
      String header = inHeader ? spoil(HEADER, random) : HEADER;
      String payload = inHeader ? payload("1800000000") : spoil(payload("1800000000"), random);
      String jwt = TestingJwt.sign("ES256", KEY.getPrivate(), header, payload);
      try {
        TokenInfo info = read(jwt);
        assertFalse(inHeader && !saysTheSame(info), header);
        assertTrue(payload.contains("\"https://as.example.com\""), payload);
        assertTrue(payload.contains("\"rs-1\""), payload);
      } catch (UnreadableAnswerException e) {
        assertFalse(e.problem().contains("alice"), e.problem());
        refused++;
      }
    }
    assertTrue(refused > 300, "refused: " + refused);
  }

  private static boolean saysTheSame(TokenInfo info) {
    return info.response().toString().equals(INNER);
  }

  private static String spoil(String text, Random random) {
    int at = random.nextInt(text.length());
    char c = (char) (random.nextInt(4) == 0 ? random.nextInt(256) : ' ' + random.nextInt(95));
    return switch (random.nextInt(6)) {
      case 0 -> text.substring(0, at) + c + text.substring(at + 1);
      case 1 -> text.substring(0, at) + text.substring(at + 1);
      case 2 -> text.substring(0, at) + c + text.substring(at);
      case 3 -> text.substring(0, at);
      case 4 -> text.substring(at) + text.substring(0, at);
      default -> text.substring(0, at) + text.substring(random.nextInt(text.length()));
    };
  }
}
