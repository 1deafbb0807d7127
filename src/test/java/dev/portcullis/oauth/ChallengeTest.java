/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChallengeTest {

  @Test
  @DisplayName("ERR-04: schemes are spelled Bearer and DPoP, parameters keep their order")
  void challenge_isPrintedAsAFieldValue() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("realm", "api");
    parameters.put("error", "invalid_token");
    assertEquals(
        "Bearer realm=\"api\", error=\"invalid_token\"",
        new Challenge(AuthScheme.BEARER, parameters).toString());
    assertEquals(
        "DPoP algs=\"ES256 PS256\"",
        new Challenge(AuthScheme.DPOP, Map.of("algs", "ES256 PS256")).toString());
  }

  @Test
  @DisplayName("ERR-09: the characters of RFC 6750 section 3, each of them and no other")
  void value_hasPermittedCharactersOnly() {
    for (char c = 0; c < 0x300; c++) {
      String value = "a" + c + "b";
      boolean isPermitted = value.matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*");
      assertEquals(isPermitted, Challenge.isPermitted(value), () -> "in " + value);
      if (isPermitted) {
        assertEquals(
            "Bearer realm=\"" + value + "\"",
            new Challenge(AuthScheme.BEARER, Map.of("realm", value)).toString());
      } else {
        Map<String, String> parameters = Map.of("realm", value);
        assertThrows(
            IllegalArgumentException.class, () -> new Challenge(AuthScheme.BEARER, parameters));
      }
    }
  }

  @Test
  void challenge_keepsItsOwnParameters() {
    Map<String, String> parameters = new LinkedHashMap<>(Map.of("realm", "api"));
    Challenge challenge = new Challenge(AuthScheme.BEARER, parameters);
    parameters.put("error", "invalid_token");
    assertEquals(Map.of("realm", "api"), challenge.parameters());
    assertThrows(
        UnsupportedOperationException.class, () -> challenge.parameters().put("error", "x"));
  }

  @Test
  @DisplayName("ERR-18, CH-02: the status of each code, and which stand in challenges")
  void error_hasOneStatus() {
    Map<OAuthError, String> expected = new LinkedHashMap<>();
    expected.put(OAuthError.INVALID_REQUEST, "400 invalid_request true");
    expected.put(OAuthError.INVALID_TOKEN, "401 invalid_token true");
    expected.put(OAuthError.INVALID_DPOP_PROOF, "401 invalid_dpop_proof true");
    expected.put(OAuthError.USE_DPOP_NONCE, "401 use_dpop_nonce true");
    expected.put(
        OAuthError.INSUFFICIENT_USER_AUTHENTICATION, "401 insufficient_user_authentication true");
    expected.put(OAuthError.INSUFFICIENT_SCOPE, "403 insufficient_scope true");
    expected.put(OAuthError.ACCESS_DENIED, "403 access_denied false");
    expected.put(OAuthError.TEMPORARILY_UNAVAILABLE, "503 temporarily_unavailable false");
    expected.put(OAuthError.SERVER_ERROR, "500 server_error false");
    Map<OAuthError, String> found = new LinkedHashMap<>();
    for (OAuthError error : OAuthError.values()) {
      found.put(error, error.status() + " " + error.code() + " " + error.isChallenged());
    }
    assertEquals(expected, found);
  }

  @Test
  @DisplayName("BRR-02: names of schemes in any case, and nothing that only looks like one")
  void scheme_isFoundByItsName() {
    for (String name : new String[] {"Bearer", "bearer", "BEARER", "bEaReR"}) {
      assertEquals(AuthScheme.BEARER, AuthScheme.named(name).orElseThrow());
    }
    for (String name : new String[] {"DPoP", "dpop", "DPOP"}) {
      assertEquals(AuthScheme.DPOP, AuthScheme.named(name).orElseThrow());
    }
    for (String name : new String[] {"", "Bear", "Bearer ", "Bearers", "Basic", "D\u03a1oP"}) {
      assertEquals("Optional.empty", AuthScheme.named(name).toString());
    }
  }
}
