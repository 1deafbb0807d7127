/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertySource;
import dev.portcullis.keys.KeySettings;
import dev.portcullis.keys.UnusableFileException;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client authentication by private key JWT, as the authorization server receives it. */
class ClientAssertionTest {

  private static final String ISSUER = "https://as.example.com/realm";
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static TestingClient.Builder client(String target) {
    return TestingClient.of(target)
        .with("client.id", "rs-1")
        .with("client.secret", "")
        .with("client.credentials-type", "private-key-jwt")
        .with("as.issuer", ISSUER);
  }

  private static TestingAuthorizationServer server() throws Exception {
    return TestingAuthorizationServer.plain().token(TestingClient.TOKEN, "{\"active\":true}");
  }

  /** What a configuration sends. */
  private static List<RecordedRequest> requests(
      int number, UnaryOperator<TestingClient.Builder> change) throws Exception {
    try (TestingAuthorizationServer server = server();
        TestingClient client = change.apply(client(server.hostAndPort())).connected()) {
      for (int i = 0; i < number; i++) {
        assertEquals(server.hostAndPort(), client.introspect().targetHost());
      }
      return server.requests();
    }
  }

  private static JsonWebSignature assertion(RecordedRequest request) throws Exception {
    JsonWebSignature assertion = new JsonWebSignature();
    assertion.setCompactSerialization(request.parameter("client_assertion").orElseThrow());
    return assertion;
  }

  private static JwtClaims claims(JsonWebSignature assertion) throws Exception {
    return JwtClaims.parse(assertion.getUnverifiedPayload());
  }

  private static JsonWebKeySet published(TestingClient client) throws Exception {
    return new JsonWebKeySet(client.keys().orElseThrow().publicKeys().orElseThrow());
  }

  @Test
  @DisplayName("FLD-20: a call that is made again on a new connection has an assertion of its own")
  void callOverConnectionThatWasGivenUp_isMadeAgainWithItsOwnAssertion() throws Exception {
    try (TestingAuthorizationServer server = server();
        TestingClient client = client(server.hostAndPort()).connected()) {
      client.introspect();
      server.next(Answers.close());
      client.introspect();
      List<String> ids = new ArrayList<>();
      for (RecordedRequest request : server.requests()) {
        ids.add(claims(assertion(request)).getJwtId());
      }
      assertEquals(3, Set.copyOf(ids).size());
    }
  }

  @Test
  @DisplayName("CAU-01, CAU-08, CAU-09, CAU-11, CAU-14: one signed assertion and nothing else")
  void request_carriesAnAssertionThatThePublishedKeyVerifies() throws Exception {
    try (TestingAuthorizationServer server = server();
        TestingClient client = client(server.hostAndPort()).connected()) {
      client.introspect();
      RecordedRequest request = server.onlyRequest();
      assertEquals(List.of(), request.headers("Authorization"));
      assertEquals(
          Set.of(
              "token", "token_type_hint", "client_id", "client_assertion_type", "client_assertion"),
          request.form().keySet());
      assertEquals(Optional.of("rs-1"), request.parameter("client_id"));
      assertEquals(Optional.of(ASSERTION_TYPE), request.parameter("client_assertion_type"));
      JsonWebSignature assertion = assertion(request);
      assertEquals(
          "{\"typ\":\"client-authentication+jwt\",\"alg\":\"RS256\",\"kid\":\""
              + assertion.getKeyIdHeaderValue()
              + "\"}",
          assertion.getHeaders().getFullHeaderAsJsonString());
      JsonWebKey key =
          published(client).findJsonWebKey(assertion.getKeyIdHeaderValue(), "RSA", "sig", "RS256");
      assertion.setKey(key.getKey());
      assertTrue(assertion.verifySignature());
      assertEquals(
          key.calculateBase64urlEncodedThumbprint("SHA-256"), assertion.getKeyIdHeaderValue());
      Map<String, Object> claims = claims(assertion).getClaimsMap();
      assertEquals(Set.of("iss", "sub", "aud", "jti", "iat", "exp"), claims.keySet());
      assertEquals("rs-1", claims.get("iss"));
      assertEquals("rs-1", claims.get("sub"));
      assertEquals(ISSUER, claims.get("aud"));
      assertEquals(16, Base64.getUrlDecoder().decode(String.valueOf(claims.get("jti"))).length);
    }
  }

  @Test
  @DisplayName("CAU-13: iat is now and exp follows by the lifetime, to the second; there is no nbf")
  void times_comeFromTheClock() throws Exception {
    for (int lifetime : List.of(10, 60, 300)) {
      ManualTime time = new ManualTime();
      RecordedRequest request =
          requests(
                  1,
                  client ->
                      client
                          .timing(time)
                          .with("client.assertion-lifetime", Integer.toString(lifetime)))
              .get(0);
      JwtClaims claims = claims(assertion(request));
      assertEquals(ManualTime.START.getEpochSecond(), claims.getIssuedAt().getValue());
      assertEquals(
          ManualTime.START.getEpochSecond() + lifetime, claims.getExpirationTime().getValue());
    }
  }

  @Test
  @DisplayName("CAU-08, CAU-13: every call has an identifier of its own")
  void manyCalls_haveAsManyIdentifiers() throws Exception {
    try (TestingClient client =
        client("127.0.0.1:1").with("client.assertion-algorithm", "ES256").connected()) {
      ClientAuthentication authentication =
          ClientAuthentication.of(
              client.settings().client(), client.keys(), new ManualTime().timing().clock());
      Set<String> identifiers = new HashSet<>();
      for (int i = 0; i < 1000; i++) {
        String body = authentication.present().parameters();
        identifiers.add(
            claims(assertion(new RecordedRequest("POST", "/", List.of(), body, 1))).getJwtId());
      }
      assertEquals(1000, identifiers.size());
    }
  }

  @Test
  @DisplayName("CAU-07: a registered key is read anew; one that does not fit is not taken")
  void registeredKey_isReadAnew(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("rs.p12");
    Files.copy(TestingCertificates.shared().keyStore(TestingCertificates.Server.GOOD), store);
    try (TestingClient client =
        client("127.0.0.1:1")
            .with("client.key-pair", "rs")
            .with("key-pair.rs.file", store.toString())
            .with("key-pair.rs.password", TestingCertificates.PASSWORD)
            .connected()) {
      RegisteredKey key = assertInstanceOf(RegisteredKey.class, client.keys().orElseThrow());
      String before = key.current().id();
      Files.writeString(store, "broken");
      assertThrows(UnusableFileException.class, key::reread);
      assertEquals(before, key.current().id());
      Files.copy(
          TestingCertificates.shared().keyStore(TestingCertificates.Server.SELF_SIGNED),
          store,
          StandardCopyOption.REPLACE_EXISTING);
      key.reread();
      assertNotEquals(before, key.current().id());
    }
  }

  @Test
  @DisplayName("CAU-13: a repetition carries a fresh assertion")
  void repetition_isSignedAnew() throws Exception {
    try (TestingAuthorizationServer server = server();
        TestingClient client =
            client(server.hostAndPort())
                .with("failover.max-retries", "2")
                .with("failover.retry-delay", "0")
                .connected()) {
      server.next(Answers.close(), Answers.close());
      client.introspect();
      List<String> identifiers = new ArrayList<>();
      for (RecordedRequest request : server.requests()) {
        identifiers.add(claims(assertion(request)).getJwtId());
      }
      assertEquals(3, identifiers.size());
      assertEquals(3, Set.copyOf(identifiers).size());
    }
  }

  @Test
  @DisplayName("CAU-11: typ can be switched off")
  void type_canBeLeftOut() throws Exception {
    RecordedRequest request =
        requests(1, client -> client.with("client.assertion-type-header", "false")).get(0);
    assertFalse(assertion(request).getHeaders().getFullHeaderAsJsonString().contains("typ"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
  @DisplayName("CAU-12: every algorithm signs with a key of its own kind")
  void algorithm_isTheOneThatIsSet(String algorithm) throws Exception {
    try (TestingAuthorizationServer server = server();
        TestingClient client =
            client(server.hostAndPort())
                .with("client.assertion-algorithm", algorithm)
                .connected()) {
      client.introspect();
      JsonWebSignature assertion = assertion(server.onlyRequest());
      assertEquals(algorithm, assertion.getAlgorithmHeaderValue());
      JsonWebKeySet keys = published(client);
      assertTrue(keys.getJsonWebKeys().stream().allMatch(k -> algorithm.equals(k.getAlgorithm())));
      assertion.setKey(
          keys.findJsonWebKey(assertion.getKeyIdHeaderValue(), null, "sig", algorithm).getKey());
      assertTrue(assertion.verifySignature());
    }
  }

  @Test
  @DisplayName("CAU-07: a registered key signs, under its thumbprint or the identifier that is set")
  void registeredKey_signs() throws Exception {
    Path store = TestingCertificates.shared().keyStore(TestingCertificates.Server.GOOD);
    PublicKey publicKey = publicKey(store);
    String thumbprint =
        PublicJsonWebKey.Factory.newPublicJwk(publicKey)
            .calculateBase64urlEncodedThumbprint("SHA-256");
    for (String id : List.of("", "key 1")) {
      try (TestingAuthorizationServer server = server();
          TestingClient client =
              client(server.hostAndPort())
                  .with("client.key-pair", "rs")
                  .with("key-pair.rs.file", store.toString())
                  .with("key-pair.rs.password", TestingCertificates.PASSWORD)
                  .with("client.signing-key-id", id)
                  .connected()) {
        client.introspect();
        JsonWebSignature assertion = assertion(server.onlyRequest());
        assertEquals("ES256", assertion.getAlgorithmHeaderValue());
        assertEquals(id.isEmpty() ? thumbprint : id, assertion.getKeyIdHeaderValue());
        assertion.setKey(publicKey);
        assertTrue(assertion.verifySignature());
        assertEquals(Optional.empty(), client.keys().orElseThrow().publicKeys());
        assertEquals(List.of(), client.log());
        assertEquals(List.of(), client.trail());
      }
    }
  }

  @Test
  @DisplayName("CAU-15: neither assertion nor key shows up in the log, the trail or by toString")
  void nothingSecret_showsUp() throws Exception {
    try (TestingAuthorizationServer server = server();
        TestingClient client = client(server.hostAndPort()).connected()) {
      server.always(Answers.status(401));
      AuthorizationServerException failure = client.refusal();
      String assertion = server.onlyRequest().parameter("client_assertion").orElseThrow();
      SigningKeys keys = client.keys().orElseThrow();
      String all =
          failure
              + String.join("\n", client.log())
              + client.events()
              + client.settings()
              + keys
              + keys.current();
      assertFalse(all.contains(assertion), all);
      assertFalse(all.contains(assertion.substring(assertion.lastIndexOf('.') + 1)), all);
      assertFalse(all.contains("\"d\""), all);
      assertFalse(keys.publicKeys().orElseThrow().contains("\"d\""));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "as1.example.com:443, /as/token, true, https://as1.example.com/as/token",
    "as1.example.com:9031, /as/token, true, https://as1.example.com:9031/as/token",
    "as1.example.com:9031, /as/token, false, http://as1.example.com:9031/as/token",
    "as1.example.com:9031, https://login.example/t, true, https://login.example/t",
  })
  @DisplayName("CAU-10: without an issuer the audience is the token endpoint of the settings")
  void audience_isTheTokenEndpoint(String targets, String path, String secure, String audience)
      throws Exception {
    Map<String, String> settings = settings();
    settings.put("as.targets", targets + " second.example:1");
    settings.put("as.token-endpoint", path);
    settings.put("as.secure", secure);
    assertEquals(audience, jwt(settings).assertion().audience());
  }

  @Test
  @DisplayName("CH-23: the issuer is preferred; the token endpoint can be chosen")
  void audience_canBeChosen() throws Exception {
    Map<String, String> settings = settings();
    settings.put("as.issuer", ISSUER);
    settings.put("as.token-endpoint", "/t");
    assertEquals(ISSUER, jwt(settings).assertion().audience());
    settings.put("client.assertion-audience", "token-endpoint");
    assertEquals("https://as.example.com:9031/t", jwt(settings).assertion().audience());
  }

  @Test
  void audience_needsItsSetting() {
    String problem = "client.assertion-audience: needs as.issuer or as.token-endpoint.";
    assertEquals(List.of(problem), problems(settings()));
    Map<String, String> issuer = settings();
    issuer.put("client.assertion-audience", "issuer");
    issuer.put("as.token-endpoint", "/t");
    assertEquals(List.of(problem), problems(issuer));
    Map<String, String> endpoint = settings();
    endpoint.put("client.assertion-audience", "token-endpoint");
    endpoint.put("as.issuer", ISSUER);
    assertEquals(List.of(problem), problems(endpoint));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "EdDSA", "rs256", "RS128"})
  @DisplayName("CAU-12: neither none nor HMAC can be set")
  void otherAlgorithms_areRefused(String algorithm) {
    Map<String, String> settings = settings();
    settings.put("as.issuer", ISSUER);
    settings.put("client.assertion-algorithm", algorithm);
    assertEquals(
        List.of(
            "client.assertion-algorithm: must be one of: RS256, RS384, RS512, PS256, PS384, PS512,"
                + " ES256, ES384, ES512."),
        problems(settings));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256", "ES384"})
  @DisplayName("CAU-12: a key for another algorithm stops the start")
  void keyOfAnotherKind_isRefused(String algorithm) {
    Map<String, String> settings = settings();
    settings.put("as.issuer", ISSUER);
    settings.put("client.assertion-algorithm", algorithm);
    settings.put("client.key-pair", "rs");
    settings.put(
        "key-pair.rs.file",
        TestingCertificates.shared().keyStore(TestingCertificates.Server.GOOD).toString());
    settings.put("key-pair.rs.password", TestingCertificates.PASSWORD);
    assertEquals(
        List.of("client.key-pair: its key cannot sign by " + algorithm + "."), problems(settings));
  }

  @Test
  void settingsWithoutEffect_areWarnedOf() {
    Map<String, String> settings = settings();
    settings.put("client.credentials-type", "secret");
    settings.put("client.secret", "x");
    settings.put("client.assertion-lifetime", "60");
    settings.put("client.signing-keys-file", "keys");
    settings.put("client.signing-key-id", "1");
    ConfigReader reader = reader(settings);
    AuthorizationServerSettings.read(reader, KeySettings.read(reader));
    String unless = ": has no effect unless client.credentials-type is private-key-jwt";
    assertEquals(
        List.of(
            "client.assertion-lifetime" + unless + ".",
            "client.signing-keys-file" + unless + ".",
            "client.signing-key-id" + unless + " and client.key-pair is set."),
        reader.warnings());
  }

  @Test
  void secretWithoutEffect_isWarnedOf() {
    Map<String, String> settings = settings();
    settings.put("as.token-endpoint", "/token");
    settings.put("client.secret", "x");
    ConfigReader reader = reader(settings);
    AuthorizationServerSettings.read(reader, KeySettings.read(reader));
    assertEquals(
        List.of("client.secret: has no effect unless client.credentials-type is secret."),
        reader.warnings());
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("as.targets", "as.example.com:9031");
    settings.put("as.introspection-endpoint", "/introspect");
    settings.put("client.id", "rs-1");
    settings.put("client.credentials-type", "private_key_jwt");
    return settings;
  }

  private static ConfigReader reader(Map<String, String> settings) {
    return new ConfigReader(List.of(PropertySource.of(settings)));
  }

  private static ClientCredentials.PrivateKeyJwt jwt(Map<String, String> settings)
      throws InvalidConfigurationException {
    ConfigReader reader = reader(settings);
    AuthorizationServerSettings read =
        AuthorizationServerSettings.read(reader, KeySettings.read(reader));
    reader.finish();
    return assertInstanceOf(ClientCredentials.PrivateKeyJwt.class, read.client().credentials());
  }

  private static List<String> problems(Map<String, String> settings) {
    return assertThrows(InvalidConfigurationException.class, () -> jwt(settings)).problems();
  }

  private static PublicKey publicKey(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(store.toFile())) {
      keys.load(in, TestingCertificates.PASSWORD.toCharArray());
    }
    return keys.getCertificate("server").getPublicKey();
  }
}
