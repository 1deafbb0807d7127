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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Tokens that Spring Authorization Server has bound to a key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpringDpopIT implements DpopContract {

  private SpringServer server;
  private Application application;

  @BeforeAll
  void start() throws Exception {
    Registrations registrations = new Registrations(FreePort.find());
    server = new SpringServer(registrations);
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

  /** It says so in an answer of its own; nobody gets as far as the filter. */
  @Test
  void server_bindsNoTokenToAnEdwardsKey() throws Exception {
    NimbusLibrary client = NimbusLibrary.of("EdDSA");

    IOException refused = assertThrows(IOException.class, () -> server.boundToken(client));

    assertTrue(refused.getMessage().contains("invalid_dpop_proof"), refused.getMessage());
  }
}
