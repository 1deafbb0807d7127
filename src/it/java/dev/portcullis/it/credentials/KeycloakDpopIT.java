/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.FreePort;
import dev.portcullis.testing.NimbusLibrary;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Tokens that Keycloak has bound to a key. Runs in the profile {@code keycloak}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 12, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeycloakDpopIT implements DpopContract {

  private KeycloakServer server;
  private Application application;

  @BeforeAll
  void start() throws Exception {
    Registrations registrations = new Registrations(FreePort.find());
    server = new KeycloakServer(registrations);
    GuardedPaths paths = new GuardedPaths();
    paths.guard(PATH, DpopContract.settings(server, registrations.applicationPort()));
    application = Application.start(paths, registrations.applicationPort(), List.of());
    server.await();
  }

  @AfterAll
  void stop() {
    application.close();
    server.close();
  }

  @Override
  public RealServer server() {
    return server;
  }

  @Override
  public Application application() {
    return application;
  }

  @Test
  @DisplayName("DPOP-34, DPOP-36, DPOP-40, NON-01: a real token, Nimbus, an Ed25519 key")
  void nimbus_withEdwardsKey_passes() throws Exception {
    assertBound(NimbusLibrary.of("EdDSA"));
  }

  /** What the manual says of the switch of a client. */
  @Test
  void clientOfBoundTokens_getsNoOthers() {
    IOException refused = assertThrows(IOException.class, server::tokenWithoutProof);

    assertTrue(refused.getMessage().contains("DPoP"), refused.getMessage());
  }
}
