/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DPOP-04: octets have one spelling in base64url")
class Base64UrlTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final Base64.Encoder JAVA = Base64.getUrlEncoder().withoutPadding();

  @Test
  void lastCharacter_hasNoBitsLeft() {
    for (int length = 1; length <= 8; length++) {
      int canonical = 0;
      for (int i = 0; i < ALPHABET.length(); i++) {
        String text = "b".repeat(length - 1) + ALPHABET.charAt(i);
        Optional<byte[]> octets = Base64Url.decode(text);
        if (octets.isPresent()) {
          canonical++;
          assertEquals(text, Base64Url.encode(octets.get()));
        }
      }
      int[] expected = {64, 0, 4, 16};
      assertEquals(expected[length % 4], canonical, "of " + length + " characters");
    }
  }

  @Test
  void characters_areThoseOfTheAlphabet() {
    for (char c = 0; c < 0x200; c++) {
      boolean isKnown = ALPHABET.indexOf(c) >= 0;
      for (String rest : List.of("A", "AA", "AAA")) {
        for (int i = 0; i <= rest.length(); i++) {
          String text = rest.substring(0, i) + c + rest.substring(i);
          boolean hasUnusedBits = i == rest.length() && text.length() < 4;
          if (!isKnown || !hasUnusedBits) {
            assertEquals(isKnown, Base64Url.decode(text).isPresent(), text);
            assertEquals(isKnown, Base64Url.decode("AAAA" + text).isPresent(), text);
          }
        }
      }
    }
  }

  @Test
  void part_isLookedAtAlone() {
    assertEquals(Optional.empty(), Base64Url.decode(""));
    byte[] within = Base64Url.characters("!AQIDBA!");
    assertArrayEquals(new byte[] {1, 2, 3, 4}, Base64Url.decode(within, 1, 7).orElseThrow());
    assertArrayEquals(new byte[] {1, 2, 3}, Base64Url.decode(within, 1, 5).orElseThrow());
    assertEquals(Optional.empty(), Base64Url.decode(within, 0, 4));
    assertEquals(Optional.empty(), Base64Url.decode(within, 4, 8));
    assertEquals(Optional.empty(), Base64Url.decode(within, 2, 2));
  }

  @Test
  void octets_areThoseThatJavaDecodes() {
    for (int length = 1; length <= 32; length++) {
      byte[] octets = new byte[length];
      new Random(length).nextBytes(octets);
      assertArrayEquals(octets, Base64Url.decode(JAVA.encodeToString(octets)).orElseThrow());
    }
  }
}
