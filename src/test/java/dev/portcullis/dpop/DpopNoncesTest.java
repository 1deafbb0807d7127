/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.Secret;
import dev.portcullis.dpop.DpopSettings.Nonces;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DpopNoncesTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Secret KEY = Secret.of("a2V5LWtleS1rZXkta2V5LWtleS1rZXkta2V5LWtleS1rZXk=");
  private static final Secret OTHER = Secret.of("b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXI=");
  private static final Pattern NQCHAR = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  private Instant now = NOW;
  private final DpopNonces nonces = nonces(Optional.of(KEY), Optional.empty());

  @Test
  @DisplayName(
      "NON-02, NON-03: a hundred thousand nonces, no two alike, all of permitted characters")
  void nonces_areUnpredictable() {
    Set<String> all = new HashSet<>();
    Set<String> beginnings = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      String nonce = nonces.issue();
      assertTrue(NQCHAR.matcher(nonce).matches());
      all.add(nonce);
      beginnings.add(nonce.substring(12, 20));
    }
    assertEquals(100_000, all.size());
    assertTrue(beginnings.size() > 99_000, () -> "random bits repeat: " + beginnings.size());
  }

  @Test
  @DisplayName("NON-07, NON-09: good for its lifetime, beside younger ones")
  void nonce_isGoodForItsLifetime() {
    String nonce = nonces.issue();
    now = NOW.plusSeconds(300);
    assertEquals(Optional.of(NOW), nonces.issuedAt(nonce));
    assertEquals(Optional.of(now), nonces.issuedAt(nonces.issue()));
    now = NOW.plusSeconds(301);
    assertEquals(Optional.empty(), nonces.issuedAt(nonce));
  }

  @Test
  @DisplayName("NON-07: issued in the future beyond the skew, by a node whose clock is wrong")
  void nonceFromTheFuture_isRefused() {
    now = NOW.plusSeconds(10);
    String ahead = nonces.issue();
    now = NOW.plusSeconds(11);
    String farAhead = nonces.issue();
    now = NOW;
    assertTrue(nonces.issuedAt(ahead).isPresent());
    assertFalse(nonces.issuedAt(farAhead).isPresent());
  }

  @Test
  @DisplayName("NON-08: due for another past half of its life")
  void nonce_isDuePastHalfOfItsLife() {
    now = NOW.plusSeconds(150);
    assertFalse(nonces.isDue(NOW));
    now = NOW.plusSeconds(151);
    assertTrue(nonces.isDue(NOW));
  }

  @Test
  @DisplayName("NON-04: one bit altered anywhere, and it is not ours")
  void alteredNonce_isRefused() {
    byte[] nonce = Base64.getUrlDecoder().decode(nonces.issue());
    for (int bit = 0; bit < nonce.length * 8; bit++) {
      byte[] altered = nonce.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertEquals(Optional.empty(), nonces.issuedAt(Base64Url.encode(altered)), "bit " + bit);
    }
    assertTrue(nonces.issuedAt(Base64Url.encode(nonce)).isPresent());
  }

  @Test
  @DisplayName("NON-04: of another length, and it is not looked into, however long it is")
  void nonceOfAnotherLength_isRefused() {
    String nonce = nonces.issue();
    for (int length = 0; length < nonce.length(); length++) {
      assertEquals(Optional.empty(), nonces.issuedAt(nonce.substring(0, length)));
    }
    for (String more : List.of("A", "=", "AAAA", "A".repeat(5000), "\u0000")) {
      assertEquals(Optional.empty(), nonces.issuedAt(nonce + more));
    }
    assertEquals(Optional.empty(), nonces.issuedAt("!".repeat(nonce.length())));
    assertEquals(Optional.empty(), nonces.issuedAt("A".repeat(nonce.length())));
  }

  @Test
  @DisplayName("NON-10: those of the previous key are good, those of others are not")
  void previousKey_isStillTaken() {
    String nonce = nonces.issue();
    assertTrue(nonces(Optional.of(OTHER), Optional.of(KEY)).issuedAt(nonce).isPresent());
    assertFalse(nonces(Optional.of(OTHER), Optional.empty()).issuedAt(nonce).isPresent());
    assertFalse(nonces(Optional.empty(), Optional.empty()).issuedAt(nonce).isPresent());
  }

  @Test
  @DisplayName("NON-03, NON-10: a key that is not set is a secret of each start")
  void keyThatIsNotSet_isSecret() {
    DpopNonces one = nonces(Optional.empty(), Optional.empty());
    assertTrue(one.issuedAt(one.issue()).isPresent());
    assertFalse(nonces(Optional.empty(), Optional.empty()).issuedAt(one.issue()).isPresent());
    Secret zeros = Secret.of("A".repeat(43) + "=");
    assertFalse(nonces(Optional.of(zeros), Optional.empty()).issuedAt(one.issue()).isPresent());
  }

  private DpopNonces nonces(Optional<Secret> key, Optional<Secret> previous) {
    return new DpopNonces(
        new Nonces(Duration.ofMinutes(5), key, previous, false), Duration.ofSeconds(10), () -> now);
  }
}
