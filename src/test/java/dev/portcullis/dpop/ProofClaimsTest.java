/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.oauth.RefusedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProofClaimsTest {

  @Test
  @DisplayName("DPOP-31, DPOP-32: of a fraction counts the side that makes a proof less timely")
  void fractions_areRoundedAgainstTheProof() throws Exception {
    ProofClaims claims = claims("\"iat\":7.5,\"exp\":9.5,\"nbf\":5.5");
    assertEquals(7, claims.issuedAtTheEarliest());
    assertEquals(8, claims.issuedAtTheLatest());
    assertEquals(9, claims.expiresAt());
    assertEquals(6, claims.notBefore());
  }

  @Test
  @DisplayName("DPOP-32: what is not there is no limit")
  void absentTimes_areNoLimit() throws Exception {
    ProofClaims claims = claims("\"iat\":7");
    assertEquals(Long.MAX_VALUE, claims.expiresAt());
    assertEquals(Long.MIN_VALUE, claims.notBefore());
  }

  @Test
  void text_showsNoClaim() throws Exception {
    assertEquals("ProofClaims[]", claims("\"iat\":7").toString());
  }

  private static ProofClaims claims(String times) throws RefusedException {
    String json = "{\"jti\":\"j\",\"htm\":\"GET\",\"htu\":\"u\",\"ath\":\"h\"," + times + "}";
    return ProofClaims.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
