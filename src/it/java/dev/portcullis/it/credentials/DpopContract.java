/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.credentials.Application.Observed;
import dev.portcullis.testing.NimbusLibrary;
import dev.portcullis.testing.ProofLibrary;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.SpringLibrary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Tokens that a real authorization server binds to a key, used by client libraries of other
 * people's making: the nonce round trip, and what is refused afterwards.
 */
interface DpopContract {

  /** The guarded path. */
  String PATH = "dpop";

  /** The authorization server. */
  RealServer server();

  /** The application that asks it. */
  Application application();

  /** The settings of the filter of {@link #PATH}. */
  static Map<String, String> settings(RealServer server, int applicationPort) throws Exception {
    Map<String, String> settings =
        new TreeMap<>(Credentials.SECRET_BY_BASIC.settings(server, true));
    settings.put("dpop.type", "enabled");
    settings.put("dpop.require-nonce", "true");
    settings.put("dpop.signing-algorithms", "ES256, PS256, RS256, EdDSA");
    settings.put("request.base-urls", "http://127.0.0.1:" + applicationPort);
    return settings;
  }

  @Test
  @DisplayName("DPOP-34, DPOP-36, DPOP-40, NON-01: a real token, Nimbus, a key on P-256")
  default void nimbus_withEcKey_passes() throws Exception {
    assertBound(NimbusLibrary.of("ES256"));
  }

  @Test
  @DisplayName("DPOP-34, DPOP-36, DPOP-40, NON-01: a real token, Nimbus, an RSA key")
  default void nimbus_withRsaKey_passes() throws Exception {
    assertBound(NimbusLibrary.of("PS256"));
  }

  @Test
  @DisplayName("DPOP-34, DPOP-36, DPOP-40, NON-01: a real token, Spring Security, a key on P-256")
  default void spring_withEcKey_passes() throws Exception {
    assertBound(SpringLibrary.of("ES256"));
  }

  @Test
  @DisplayName("DPOP-34, DPOP-36, DPOP-40, NON-01: a real token, Spring Security, an RSA key")
  default void spring_withRsaKey_passes() throws Exception {
    assertBound(SpringLibrary.of("RS256"));
  }

  /** What a bound token is good for, and for what not. */
  default void assertBound(ProofLibrary client) throws Exception {
    String token = server().boundToken(client);

    String nonce = nonceOf(send(token, proof(client, token, Optional.empty())));
    String proof = proof(client, token, Optional.of(nonce));
    Response response = send(token, proof).response();
    assertEquals(200, response.status(), () -> response + application().jetty().log());
    assertTrue(response.body().contains("auth=DPoP\n"), response.body());

    assertRefused("dpop_replay", send(token, proof));
    assertRefused("dpop_downgrade", application().get(PATH, token));
    String foreign = proof(NimbusLibrary.of("ES256"), token, Optional.of(nonce));
    assertRefused("dpop_key_mismatch", send(token, foreign));

    server().revoke(token);
    String another = proof(client, token, Optional.of(nonce));
    assertRefused("token_inactive", send(token, another));
  }

  private String proof(ProofLibrary client, String token, Optional<String> nonce) throws Exception {
    return client.proof("GET", application().url(PATH), Optional.of(token), nonce);
  }

  private Observed send(String token, String proof) throws Exception {
    return application().send(PATH, "Authorization: DPoP " + token, "DPoP: " + proof);
  }

  private static String nonceOf(Observed observed) {
    assertRefused("dpop_nonce_missing", observed);
    String nonce = observed.response().header("DPoP-Nonce");
    assertTrue(
        observed.response().challenges().toString().contains("error=\"use_dpop_nonce\""),
        observed::toString);
    return nonce;
  }

  private static void assertRefused(String reason, Observed observed) {
    assertEquals(401, observed.response().status(), observed::toString);
    assertEquals(reason, observed.entry().get("failedRuleType"), observed::toString);
  }
}
