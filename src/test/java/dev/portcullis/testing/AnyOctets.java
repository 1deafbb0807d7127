/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.RandomDistribution;

/** Octets for {@link Choices}, each as likely as any other. */
public final class AnyOctets implements ArbitrarySupplier<byte[]> {

  private static final int MOST = 120;

  @Override
  public Arbitrary<byte[]> get() {
    return Arbitraries.bytes()
        .withDistribution(RandomDistribution.uniform())
        .array(byte[].class)
        .ofMaxSize(MOST)
        .withSizeDistribution(RandomDistribution.uniform());
  }
}
