/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.http.TransportException.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the trial of connections at the start says, and that it does nothing else. */
class StartupProbeTest {

  private static final String A = "a.example:1";
  private static final String B = "b.example:1";

  private final ManualTime time = new ManualTime();
  private final RecordingLogger logger = new RecordingLogger();
  private final ScriptedTransport transport =
      new ScriptedTransport()
          .target(A, ScriptedTransport.fails(Stage.CONNECT))
          .target(B, ScriptedTransport.answers());

  private StartupProbe probe(TestingClient client) {
    return new StartupProbe(
        client.discovery(), Duration.ofSeconds(3), transport, time::nanoTime, logger::log);
  }

  @Test
  void eachTarget_isTriedAndTold() {
    probe(TestingClient.of(A, B).timing(time).over(transport)).probe();

    assertEquals(List.of("connection to " + A, "connection to " + B), transport.asked());
    assertEquals(
        List.of(
            "WARNING No connection to the authorization server at a.example:1: scripted. See"
                + " as.targets.",
            "INFO A connection to the authorization server at b.example:1 is possible."),
        logger.lines());
  }

  @Test
  void targetThatCannotBeReached_hasNotFailedByThat() throws Exception {
    TestingClient client = TestingClient.of(A, B).timing(time).over(transport);
    probe(client).probe();
    transport.target(A, ScriptedTransport.answers()).asked();

    client.introspect();

    assertEquals(List.of(A), transport.asked());
    assertEquals(List.of(), client.events());
  }

  @Test
  void settingToLookAt_isThatOfTheFailure() {
    transport.target(A, ScriptedTransport.fails(Stage.PROXY_CREDENTIALS));
    probe(TestingClient.of(A).timing(time).over(transport)).probe();

    assertEquals(
        List.of(
            "WARNING No connection to the authorization server at a.example:1: scripted. See"
                + " proxy.password."),
        logger.lines());
  }

  @Test
  void endedProbe_triesNothing() {
    StartupProbe probe = probe(TestingClient.of(A).timing(time).over(transport));
    probe.close();
    probe.probe();

    assertEquals(List.of(), transport.asked());
    assertEquals(List.of(), logger.lines());
  }

  @Test
  void targetsThatAreNotKnownYet_areNotTried() {
    TestingClient client =
        TestingClient.of()
            .with("as.issuer", "https://as.example.com")
            .with("as.discovery", "true")
            .with("as.introspection-endpoint", "")
            .timing(time)
            .over(transport);
    probe(client).probe();

    assertEquals(List.of(), transport.asked());
    assertEquals(1, logger.lines().size());
  }
}
