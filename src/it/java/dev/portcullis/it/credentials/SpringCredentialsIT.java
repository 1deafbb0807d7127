/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import dev.portcullis.it.FreePort;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Every way to prove who the filter is that Spring Authorization Server knows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpringCredentialsIT implements CredentialsContract {

  private static final Set<Credentials> SUPPORTED =
      Set.of(
          Credentials.SECRET_BY_BASIC,
          Credentials.SECRET_BY_POST,
          Credentials.MANAGED_KEYS,
          Credentials.REGISTERED_KEY,
          Credentials.CERTIFICATE_OF_AUTHORITY,
          Credentials.SELF_SIGNED_CERTIFICATE);

  private SpringServer server;
  private Application application;

  @BeforeAll
  void start() throws Exception {
    Registrations registrations = new Registrations(FreePort.find());
    server = new SpringServer(registrations);
    GuardedPaths paths = GuardedPaths.of(server, SUPPORTED);
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
}
