/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.FreePort;
import dev.portcullis.it.credentials.Application.Observed;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Every way to prove who the filter is that Keycloak knows. Runs in the profile {@code keycloak}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 12, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeycloakCredentialsIT implements CredentialsContract {

  private static final Set<Credentials> SUPPORTED =
      Set.of(
          Credentials.SECRET_BY_BASIC,
          Credentials.SECRET_BY_POST,
          Credentials.MANAGED_KEYS,
          Credentials.REGISTERED_KEY,
          Credentials.REGISTERED_KEY_OF_CERTIFICATE,
          Credentials.CERTIFICATE_OF_AUTHORITY,
          Credentials.SELF_SIGNED_CERTIFICATE);

  private KeycloakServer server;
  private Application application;

  @BeforeAll
  void start() throws Exception {
    Registrations registrations = new Registrations(FreePort.find());
    server = new KeycloakServer(registrations);
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

  @Test
  @DisplayName(
      "CAU-08: a real server takes the assertion signed by the key of a certificate it has")
  void registeredCertificate_isAccepted() throws Exception {
    assertWorks(Credentials.REGISTERED_KEY_OF_CERTIFICATE);
  }

  @Test
  @DisplayName("INT-26: a service account is a client, though Keycloak gives it a subject")
  void serviceAccount_isAClient() throws Exception {
    Observed observed = application.get(Credentials.SECRET_BY_BASIC.path(true), server.token());

    assertEquals(200, observed.response().status(), observed::toString);
    List<String> lines = observed.response().body().lines().toList();
    assertTrue(lines.contains("principal=client:demo"), observed::toString);
    assertTrue(lines.contains("user=null"), observed::toString);
  }

  /** What the manual tells to add an audience mapper for. */
  @Test
  void tokenThatDoesNotNameTheFiltersClient_isInactive() throws Exception {
    Observed observed =
        application.get(Credentials.SECRET_BY_BASIC.path(true), server.unheardToken());

    assertEquals(401, observed.response().status(), observed::toString);
    assertEquals("inactive", observed.call().get("outcome"));
  }
}
