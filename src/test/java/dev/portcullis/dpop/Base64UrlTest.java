/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DPOP-04: octets have one spelling in base64url")
class Base64UrlTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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
      for (String text : new String[] {c + "AAA", "A" + c + "AA", "AAA" + c}) {
        assertEquals(isKnown, Base64Url.decode(text).isPresent(), text);
      }
    }
  }

  @Test
  void part_isLookedAtAlone() {
    assertEquals(Optional.empty(), Base64Url.decode(""));
    assertEquals(true, isCanonical("!AAAA!", 1, 5));
    assertEquals(false, isCanonical("!AAAA!", 0, 4));
    assertEquals(false, isCanonical("!AAAA!", 2, 6));
    assertEquals(false, isCanonical("AAAA", 2, 2));
    assertArrayEquals(new byte[] {0, 0, 0}, Base64Url.decode("AAAA").orElseThrow());
  }

  private static boolean isCanonical(String text, int from, int to) {
    return Base64Url.isCanonical(Base64Url.characters(text), from, to);
  }
}
