/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonString;
import java.security.interfaces.EdECPublicKey;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdwardsKeyTest {

  @ParameterizedTest
  @DisplayName("DPOP-01: the highest bit alone tells which x it is, whatever the others are")
  @CsvSource({"0, false", "127, false", "128, true", "255, true"})
  void highestBit_tellsX(int highest, boolean isXodd) throws Exception {
    byte[] octets = new byte[32];
    octets[0] = 2;
    octets[31] = (byte) highest;
    JsonString x = new JsonString(Base64Url.encode(octets));
    JsonString kty = new JsonString("OKP");
    JsonString crv = new JsonString("Ed25519");
    JsonObject jwk = JsonObject.of(Map.of("kty", kty, "crv", crv, "x", x));
    EdECPublicKey key =
        (EdECPublicKey) PublicJwk.parse(jwk, SignatureAlgorithm.named("EdDSA").orElseThrow()).key();
    assertEquals(isXodd, key.getPoint().isXOdd());
    assertEquals((highest & 0x7f) * 2, key.getPoint().getY().shiftRight(247).intValue());
  }
}
