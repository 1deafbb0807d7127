/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.testing.CapturedLog;
import java.net.URI;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmUpTest {

  private static final String NAME = "portcullis-dpop-warm-up";

  @ParameterizedTest
  @CsvSource({"false, EdDSA", "true, 'RS256, ES256'"})
  void warmUp_endsByItselfAndComplainsOfNothing(String requiresNonce, String algorithms)
      throws Exception {
    DpopSettings settings =
        DpopProofValidatorTest.settings(
            new BaseUrls(List.of(URI.create("https://api.example.com/prefix"))),
            "dpop.require-nonce",
            requiresNonce,
            "dpop.signing-algorithms",
            algorithms);
    try (CapturedLog log = CapturedLog.of(WarmUp.class.getName())) {
      log.setLoggerLevel(Level.ALL);
      WarmUp warmUp = WarmUp.start(settings, TestedSignatures.of(settings));
      for (Thread thread : threads()) {
        thread.join();
      }
      warmUp.close();
      assertEquals(List.of(), log.linesAt(Level.WARNING));
      assertEquals(1, log.lines().size(), log::text);
      assertTrue(log.lines().get(0).startsWith("Warmed up with "), log::text);
    }
  }

  @Test
  void close_endsIt() throws Exception {
    DpopSettings settings = DpopProofValidatorTest.settings(new BaseUrls(List.of()));
    WarmUp.start(settings, TestedSignatures.of(settings)).close();
    assertEquals(List.of(), threads());
  }

  @Test
  void off_startsNothing() throws Exception {
    DpopSettings off = DpopProofValidatorTest.settings(new BaseUrls(List.of()), "dpop.type", "off");
    WarmUp warmUp = WarmUp.start(off, TestedSignatures.of(off));
    assertEquals(List.of(), threads());
    warmUp.close();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(NAME))
        .toList();
  }
}
