/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.credentials.Application.Observed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Each way to prove who the filter is, at a real authorization server: what an active token gives,
 * what a revoked one, and that the server does look at the proof.
 */
interface CredentialsContract {

  /** The authorization server. */
  RealServer server();

  /** The application that asks it. */
  Application application();

  @Test
  @DisplayName(
      "CAU-02: identifier and secret are form-encoded in Basic, as a real server reads them")
  default void secretByBasic_isAccepted() throws Exception {
    assertWorks(Credentials.SECRET_BY_BASIC);
  }

  @Test
  @DisplayName("CAU-02: identifier and secret in the body")
  default void secretByPost_isAccepted() throws Exception {
    assertWorks(Credentials.SECRET_BY_POST);
  }

  @Test
  @DisplayName("CAU-08: a real server fetches the published keys and takes the assertion")
  default void managedKeys_areFetchedAndAccepted() throws Exception {
    assertWorks(Credentials.MANAGED_KEYS);
  }

  @Test
  @DisplayName("CAU-08: a real server takes the assertion signed by a key registered as a JWK set")
  default void registeredKey_isAccepted() throws Exception {
    assertWorks(Credentials.REGISTERED_KEY);
  }

  @Test
  @DisplayName("CAU-04: a real server takes the certificate of its authority from the handshake")
  default void certificateOfAuthority_isAccepted() throws Exception {
    assertWorks(Credentials.CERTIFICATE_OF_AUTHORITY);
  }

  @Test
  @DisplayName("CAU-04: a real server takes the self-signed certificate from the handshake")
  default void selfSignedCertificate_isAccepted() throws Exception {
    assertWorks(Credentials.SELF_SIGNED_CERTIFICATE);
  }

  /** Active, revoked, and refused credentials. */
  default void assertWorks(Credentials credentials) throws Exception {
    String token = server().token();
    String path = credentials.path(true);

    Observed active = application().get(path, token);
    assertEquals(200, active.response().status(), () -> active + application().jetty().log());
    assertEquals("active", active.call().get("outcome"));
    assertEquals(200, application().get(path, token).response().status());
    assertRefused(credentials, token);

    server().revoke(token);
    Observed revoked = application().get(path, token);
    assertEquals(401, revoked.response().status(), revoked::toString);
    assertEquals("token_inactive", revoked.entry().get("failedRuleType"));
  }

  private void assertRefused(Credentials credentials, String token) throws Exception {
    Observed refused = application().get(credentials.path(false), token);
    assertAll(
        () -> assertEquals(503, refused.response().status(), refused::toString),
        () -> assertFalse(refused.response().header("Retry-After").isEmpty()),
        () -> assertEquals("as_client_rejected", refused.entry().get("failedRuleType")),
        () -> assertEquals(credentials.setting(), refused.entry().get("failedRuleName")),
        () -> assertEquals("rejected-client", refused.call().get("outcome")),
        () ->
            assertTrue(application().jetty().log().contains("See " + credentials.setting() + ".")));
  }
}
