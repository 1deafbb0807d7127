/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertySource;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RawHttp.Response;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code profile = fapi2}: one line that sets what belongs together, and what contradicts it. */
class ProfileTest {

  private static final String BASE = "https://api.example.com";
  private static final TestingCertificates CERTIFICATES = TestingCertificates.shared();

  private static final Map<String, String> RIGHT =
      Map.of(
          "profile", "fapi2",
          "as.issuer", "https://as.example.com",
          "as.introspection-endpoint", "https://as.example.com/introspect",
          "as.token-endpoint", "https://as.example.com/token",
          "client.id", "rs-1",
          "request.base-urls", BASE);

  private final DpopClient client = DpopClient.of("ES256");
  private final TestingApplication.Builder builder = TestingApplication.builder();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.secured(CERTIFICATES.context(Server.GOOD));
    builder
        .asking(server.url("/introspect"))
        .with("as.trusted-certificate-group", "corp")
        .with("trust.corp.store", CERTIFICATES.trustStore().toString())
        .with("trust.corp.store-password", TestingCertificates.PASSWORD)
        .with("client.secret", "");
    RIGHT.forEach(
        (key, value) -> {
          if (!key.equals("as.introspection-endpoint")) {
            builder.with(key, value);
          }
        });
    server.token(
        "bound", "{\"active\":true,\"token_type\":\"DPoP\",\"cnf\":" + client.confirmation() + "}");
    server.token(
        "bearer",
        "{\"active\":true,\"token_type\":\"Bearer\",\"cnf\":" + client.confirmation() + "}");
    server.token("free", "{\"active\":true}");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  @DisplayName("CAC-01, CAU-09: nothing is remembered, and the client authenticates by its own key")
  void profile_asksEveryTimeWithAnAssertion() throws Exception {
    try (TestingApplication application = builder.start()) {
      assertEquals(200, send(application, "DPoP", "bound").status());
      assertTrue(server.onlyRequest().parameter("client_assertion").isPresent());
      server.revoke("bound");
      assertEquals(401, send(application, "DPoP", "bound").status());
      assertEquals("token_inactive", reason(2));
    }
  }

  @ParameterizedTest
  @DisplayName("MTB-09, DPOP-38: only bound tokens, and none that contradicts its type")
  @CsvSource({
    "required, DPoP,   bound,  200, ''",
    "required, DPoP,   free,   401, dpop_not_accepted",
    "required, Bearer, free,   401, dpop_required",
    "enabled,  Bearer, free,   401, token_unbound",
    "off,      Bearer, free,   401, token_unbound",
    "enabled,  DPoP,   bearer, 401, token_type_unusable",
    "enabled,  Bearer, bound,  401, dpop_downgrade"
  })
  void unboundToken_isRefused(String type, String scheme, String token, int status, String reason)
      throws Exception {
    try (TestingApplication application = builder.with("dpop.type", type).start()) {
      assertEquals(status, send(application, scheme, token).status());
      assertEquals(reason, reason(1));
    }
  }

  private Response send(TestingApplication application, String scheme, String token)
      throws Exception {
    return application.get(
        "/r",
        "Authorization: " + scheme + " " + token,
        client.proof("GET", BASE + "/r", token).line());
  }

  private String reason(int request) {
    return Journal.text(builder.journal().request(request), AuditField.FAILED_RULE_TYPE);
  }

  @Test
  @DisplayName("CFG-02, CFG-06: the defaults of the profile contradict nothing")
  void defaults_areThoseOfTheProfile() throws Exception {
    ConfigReader reader = reader(Map.of());
    FilterSettings.read(reader);
    Map<String, String> settings = reader.effective();
    assertEquals("private-key-jwt", settings.get("client.credentials-type"));
    assertEquals("issuer", settings.get("client.assertion-audience"));
    assertEquals("ES256", settings.get("client.assertion-algorithm"));
    assertEquals("required", settings.get("dpop.type"));
    assertEquals("ES256, PS256, EdDSA", settings.get("dpop.signing-algorithms"));
    assertEquals("60", settings.get("dpop.proof-lifetime"));
    assertEquals("false", settings.get("cache.tokens"));
    assertEquals(List.of(), reader.warnings());
  }

  @ParameterizedTest
  @DisplayName("CFG-02, CFG-06, CAU-03, CAU-12, DPOP-30: what contradicts it is refused by name")
  @CsvSource(
      delimiter = '|',
      value = {
        "client.credentials-type | secret | private-key-jwt or mutual-tls",
        "client.assertion-algorithm | RS256 | ES256 or PS256",
        "client.assertion-audience | token-endpoint | issuer",
        "as.secure | false | true",
        "require.https | false | true",
        "token.certificate-binding | ignore | enforce",
        "cache.tokens | true | false",
        "cache.inactive-time-to-live | 5 | 0",
        "dpop.replay-detection | false | true",
        "dpop.signing-algorithms | ES256, RS256 | only ES256, PS256, EdDSA, Ed25519",
        "dpop.signing-algorithms | ES384 | only ES256, PS256, EdDSA, Ed25519",
        "dpop.clock-skew | 5 | between 10 and 59 seconds",
        "dpop.clock-skew | 60 | between 10 and 59 seconds",
        "dpop.nonce-lifetime | 301 | between 10 and 300 seconds",
        "as.introspection-signing-algorithm | RS256 | ES256 or PS256 or EdDSA"
      })
  void contradiction_stopsTheStart(String key, String value, String needed) {
    String expected = key + ": must be " + needed + " when profile is fapi2.";
    List<String> problems = problems(Map.of(key, value));
    assertTrue(problems.contains(expected), problems::toString);
  }

  @ParameterizedTest
  @DisplayName("CFG-06: neither none nor HMAC can be listed, with or without the profile")
  @CsvSource({"none", "HS256", "*"})
  void symmetricAlgorithm_cannotBeListed(String name) {
    String expected =
        "dpop.signing-algorithms: '" + name + "' is not an asymmetric signature algorithm.";
    assertTrue(problems(Map.of("dpop.signing-algorithms", name)).contains(expected));
    assertTrue(
        problems(Map.of("dpop.signing-algorithms", name, "profile", "none")).contains(expected));
  }

  private static List<String> problems(Map<String, String> settings) {
    ConfigReader reader = reader(settings);
    return assertThrows(InvalidConfigurationException.class, () -> FilterSettings.read(reader))
        .problems();
  }

  private static ConfigReader reader(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(RIGHT);
    all.putAll(settings);
    return new ConfigReader(List.of(PropertySource.of(all)));
  }
}
