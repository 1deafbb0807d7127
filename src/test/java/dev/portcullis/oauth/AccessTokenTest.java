/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {

  private static final Pattern VISIBLE = Pattern.compile("[!-~&&[^\",\\\\]]+");

  @Test
  @DisplayName("FLD-50: every character, wherever it stands")
  void character_isTakenIfItIsVisible() {
    for (char c = 0; c < 0x300; c++) {
      for (String text : new String[] {c + "ok", "t" + c + "k", "to" + c, "" + c}) {
        boolean isToken = VISIBLE.matcher(text).matches();
        assertEquals(isToken, AccessToken.parse(text).isPresent(), text);
      }
    }
  }

  @Test
  @DisplayName("FLD-50: any text")
  void text_isTakenIfItIsVisible() {
    Random random = new Random(20261124);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        text.append("aZ09-._~+/===, \t\"\\é".charAt(random.nextInt(19)));
      }
      boolean isToken = VISIBLE.matcher(text).matches();
      assertEquals(isToken, AccessToken.parse(text.toString()).isPresent(), text::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a,b", "a\"", "a\\", " a", "a ", "a\n", "\u00a0"})
  @DisplayName("BRR-04, FLD-50: texts that look nearly right")
  void otherText_isNoToken(String text) {
    assertTrue(AccessToken.parse(text).isEmpty());
  }

  @Test
  void token_isKeptAsItIsAndNeverPrinted() {
    AccessToken token = token("s3cret.TOKEN==");
    assertEquals("s3cret.TOKEN==", token.reveal());
    assertFalse(token.toString().contains("s3cret"), token::toString);
    assertFalse(
        new Credentials(AuthScheme.BEARER, token).toString().contains("s3cret"), token::toString);
  }

  @Test
  void tokens_areEqualIfTheirTextsAre() {
    assertEquals(token("abc"), token("abc"));
    assertEquals(token("abc").hashCode(), token("abc").hashCode());
    assertNotEquals(token("abc"), token("abd"));
    assertNotEquals(token("abc"), token("abc="));
    assertNotEquals(token("abc"), token("ABC"));
  }

  @Test
  @DisplayName("the digest of RFC 9449 section 4.2, of the example in section 7.1")
  void digest_isSha256() {
    assertEquals(
        "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo",
        token("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU").digest().base64Url());
  }

  private static AccessToken token(String text) {
    return AccessToken.parse(text).orElseThrow();
  }
}
