/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EllipticCurveTest {

  private static final EllipticCurve P_256 = EllipticCurve.named("P-256").orElseThrow();
  private static final BigInteger PRIME =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  /** The y of the point whose x is 0. */
  private static final BigInteger Y =
      new BigInteger("66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4", 16);

  @Test
  @DisplayName("DPOP-13: a coordinate has one spelling, the one below the prime")
  void coordinates_areBelowThePrime() {
    assertTrue(P_256.contains(BigInteger.ZERO, Y));
    assertTrue(P_256.contains(BigInteger.ZERO, PRIME.subtract(Y)));
    assertFalse(P_256.contains(PRIME, Y));
    assertFalse(P_256.contains(BigInteger.ZERO, Y.add(PRIME)));
    assertFalse(P_256.contains(BigInteger.ZERO, Y.add(BigInteger.ONE)));
    assertFalse(P_256.contains(BigInteger.ZERO, BigInteger.ZERO));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "P-384", "P-521"})
  @DisplayName("DPOP-21: the numbers of a signature are from 1 to the order less 1")
  void scalars_areFromOneToTheOrder(String name) {
    EllipticCurve curve = EllipticCurve.named(name).orElseThrow();
    BigInteger order = curve.parameters().getOrder();
    assertFalse(curve.isScalar(BigInteger.ZERO));
    assertTrue(curve.isScalar(BigInteger.ONE));
    assertTrue(curve.isScalar(order.subtract(BigInteger.ONE)));
    assertFalse(curve.isScalar(order));
    assertFalse(curve.isScalar(BigInteger.ONE.negate()));
  }
}
