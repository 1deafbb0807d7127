/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.testing.CapturedLog;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
      Set<String> keys = ConcurrentHashMap.newKeySet();
      WarmUp warmUp =
          WarmUp.start(
              settings,
              TestedSignatures.of(settings),
              (request, proofs, thumbprint) -> {
                keys.add(thumbprint);
                return hasProof(request, proofs, thumbprint);
              });
      join();
      warmUp.close();
      assertEquals(algorithms.split(",").length, keys.size());
      assertEquals(List.of(), log.linesAt(Level.WARNING));
      assertEquals(1, log.lines().size(), log::text);
      assertTrue(log.lines().get(0).startsWith("Warmed up with "), log::text);
    }
  }

  @Test
  void refusal_endsItAndIsTold() throws Exception {
    DpopSettings settings = DpopProofValidatorTest.settings(new BaseUrls(List.of()));
    AtomicInteger requests = new AtomicInteger();
    try (CapturedLog log = CapturedLog.of(WarmUp.class.getName())) {
      WarmUp warmUp =
          WarmUp.start(
              settings,
              TestedSignatures.of(settings),
              (request, proofs, thumbprint) -> requests.incrementAndGet() < 3);
      join();
      warmUp.close();
      assertEquals(3, requests.get());
      assertEquals(1, log.linesAt(Level.WARNING).size(), log::text);
    }
  }

  @Test
  void close_endsIt() throws Exception {
    DpopSettings settings = DpopProofValidatorTest.settings(new BaseUrls(List.of()));
    WarmUp.start(settings, TestedSignatures.of(settings), WarmUpTest::hasProof).close();
    assertEquals(List.of(), threads());
  }

  @Test
  void off_startsNothing() throws Exception {
    DpopSettings off = DpopProofValidatorTest.settings(new BaseUrls(List.of()), "dpop.type", "off");
    WarmUp warmUp = WarmUp.start(off, TestedSignatures.of(off), WarmUpTest::hasProof);
    assertEquals(List.of(), threads());
    warmUp.close();
  }

  private static boolean hasProof(
      ResourceRequest request, DpopProofValidator proofs, String thumbprint) {
    try {
      AccessToken token = AccessToken.parse(KnownProof.TOKEN).orElseThrow();
      return proofs.check(request, token).verify().thumbprint().equals(thumbprint);
    } catch (RefusedException e) {
      return false;
    }
  }

  private static void join() throws InterruptedException {
    for (Thread thread : threads()) {
      thread.join();
    }
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(NAME))
        .toList();
  }
}
