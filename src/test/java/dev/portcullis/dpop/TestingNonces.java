/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.Secret;
import dev.portcullis.dpop.DpopSettings.Nonces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Nonces that were made at another time. */
public final class TestingNonces {

  private TestingNonces() {}

  /** A nonce made at that time with that key. */
  public static String issuedAt(Instant time, String key) {
    Nonces settings =
        new Nonces(Duration.ofMinutes(2), Optional.of(Secret.of(key)), Optional.empty(), false);
    return new DpopNonces(settings, Duration.ZERO, () -> time).issue();
  }
}
