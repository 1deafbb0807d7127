/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.access.ResourceServerSettings;
import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.api.ReplayStore;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import dev.portcullis.dpop.DpopSettings;
import dev.portcullis.dpop.TestedSignatures;
import dev.portcullis.dpop.WarmUp;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingReplayStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known requests pass a resource of their own, and leave no trace in the one that is protected. */
class RehearsalTest {

  private static final String BASE = "https://api.example.com/prefix";

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "PS256", "EdDSA, ES384"})
  void knownRequests_pass(String algorithms) throws Exception {
    Rehearsal rehearsal = new Rehearsal();
    assertEquals(List.of(), warnings(algorithms, rehearsal));
  }

  @Test
  void tokenOfAnotherKey_doesNotPass() throws Exception {
    Rehearsal rehearsal = new Rehearsal();
    WarmUp.Resource other =
        (request, proofs, thumbprint) -> rehearsal.admits(request, proofs, thumbprint + "x");
    assertEquals(1, warnings("ES256", other).size());
  }

  @Test
  void filter_showsNothingOfIt() throws Exception {
    TestingReplayStore.Shared shared = new TestingReplayStore.Shared();
    ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();
    shared.behaveAs(
        new ReplayStore() {
          @Override
          public Outcome register(String id, Instant until) {
            ids.add(id);
            return Outcome.FIRST_USE;
          }
        });
    TestingApplication.Builder builder = TestingApplication.builder();
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      builder
          .asking(server.url("/introspect"))
          .with("dpop.type", "required")
          .with("request.base-urls", BASE);
      shared.settings().forEach(builder::with);
      try (TestingApplication application = builder.start()) {
        join();
        for (String known : List.of("/r", "/prefix/r")) {
          assertEquals(401, application.get(known, "Authorization: DPoP known-token").status());
        }
        assertEquals(2, builder.journal().requests(2).size());
      }
      assertEquals(2, builder.journal().events(AuditEvent.Type.REQUEST).size());
      assertEquals(List.of(), List.copyOf(ids));
      assertEquals(0, server.requests().size());
    }
  }

  @Test
  void knownRequest_doesNotPassTheFilter() throws Exception {
    ConcurrentLinkedQueue<ResourceRequest> requests = new ConcurrentLinkedQueue<>();
    warnings("ES256", (request, proofs, thumbprint) -> requests.add(request));
    ResourceRequest request = requests.element();
    TestingApplication.Builder builder = TestingApplication.builder();
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain();
        TestingApplication application =
            builder
                .asking(server.url("/introspect"))
                .with("dpop.type", "required")
                .with("request.base-urls", "https://known.invalid")
                .start()) {
      int status =
          application
              .get(
                  request.path(),
                  "Authorization: " + request.authorization().get(0),
                  "DPoP: " + request.proofs().get(0))
              .status();
      assertEquals(401, status);
      assertEquals(
          "dpop_proof_expired",
          Journal.text(builder.journal().request(1), AuditField.FAILED_RULE_TYPE));
      assertEquals(0, server.requests().size());
    }
  }

  private static List<String> warnings(String algorithms, WarmUp.Resource resource)
      throws Exception {
    DpopSettings settings = settings(algorithms);
    try (CapturedLog log = CapturedLog.of(WarmUp.class.getName())) {
      log.setLoggerLevel(Level.ALL);
      WarmUp warmUp = WarmUp.start(settings, TestedSignatures.of(settings), resource);
      join();
      warmUp.close();
      assertEquals(1, log.lines().size(), log::text); // that it was done, or that it was not
      return log.linesAt(Level.WARNING);
    }
  }

  private static DpopSettings settings(String algorithms) {
    Map<String, String> settings =
        Map.of(
            "dpop.type",
            "enabled",
            "dpop.signing-algorithms",
            algorithms,
            "request.base-urls",
            BASE);
    ConfigReader config = new ConfigReader(List.of(PropertySource.of(settings)));
    return ResourceServerSettings.read(config, Optional.empty(), Optional.empty(), false).dpop();
  }

  private static void join() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("portcullis-dpop-warm-up")) {
        thread.join();
      }
    }
  }
}
