/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.testing.DpopClient;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EllipticSignatureTest {

  private static final EllipticCurve P_256 = EllipticCurve.named("P-256").orElseThrow();
  private static final BigInteger ORDER = P_256.parameters().getOrder();

  @ParameterizedTest
  @DisplayName("DPOP-21: neither number is zero or the order; who verifies is not asked then")
  @CsvSource({"1, 1, true", "0, 1, false", "1, 0, false", "n, 1, false", "1, n, false"})
  void numbers_areInRange(String r, String s, boolean areGood) {
    byte[] octets = Arrays.copyOf(octets(r), 64);
    System.arraycopy(octets(s), 0, octets, 32, 32);
    assertEquals(areGood, EllipticSignature.parse(octets, P_256).isPresent());
    assertEquals(Optional.empty(), EllipticSignature.parse(Arrays.copyOf(octets, 65), P_256));
  }

  @ParameterizedTest
  @DisplayName("RFC 3279 section 2.2.3, DER: from 128 octets on, an octet more tells the length")
  @CsvSource({"61, 307f", "62, 308180"})
  void lengths_areAsShortAsTheyMayBe(int octets, String start) {
    BigInteger s = BigInteger.TWO.pow(8 * octets - 2);
    BigInteger r = BigInteger.TWO.pow(8 * 61 - 1);
    byte[] der = new EllipticSignature(r, s).der();
    String number = "023e0080" + "00".repeat(60);
    String other = String.format("02%02x40", octets) + "00".repeat(octets - 1);
    assertEquals(start + number + other, HexFormat.of().formatHex(der));
  }

  private static byte[] octets(String number) {
    return DpopClient.fixed(number.equals("n") ? ORDER : new BigInteger(number), 32);
  }
}
