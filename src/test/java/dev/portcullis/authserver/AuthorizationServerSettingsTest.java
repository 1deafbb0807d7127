/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.authserver.ClientCredentials.SecretCredentials;
import dev.portcullis.authserver.ClientCredentials.SecretMethod;
import dev.portcullis.authserver.FailoverSettings.Strategy;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertySource;
import dev.portcullis.keys.KeySettings;
import dev.portcullis.keys.TrustGroup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings {@code as.*}, {@code client.*} and {@code failover.*}, and their texts. */
class AuthorizationServerSettingsTest {

  private static final String UNSET = "";

  /** A good configuration, changed by pairs of key and value. */
  private static Map<String, String> settings(String... pairs) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("as.targets", "as1.example.com:9031");
    settings.put("as.introspection-endpoint", "/as/introspect.oauth2");
    settings.put("client.id", "rs");
    settings.put("client.secret", "cl1ent-s3cret");
    for (int i = 0; i < pairs.length; i += 2) {
      settings.put(pairs[i], pairs[i + 1]);
    }
    return settings;
  }

  private static ConfigReader reader(String... pairs) {
    return new ConfigReader(List.of(PropertySource.of(settings(pairs))));
  }

  private static AuthorizationServerSettings read(String... pairs)
      throws InvalidConfigurationException {
    ConfigReader reader = reader(pairs);
    AuthorizationServerSettings settings =
        AuthorizationServerSettings.read(reader, KeySettings.read(reader));
    reader.finish();
    return settings;
  }

  private static List<String> problems(String... pairs) {
    return assertThrows(InvalidConfigurationException.class, () -> read(pairs)).problems();
  }

  private static SecretCredentials secret(AuthorizationServerSettings settings) {
    return assertInstanceOf(SecretCredentials.class, settings.client().credentials());
  }

  private static List<String> warnings(String... pairs) {
    ConfigReader reader = reader(pairs);
    AuthorizationServerSettings.read(reader, KeySettings.read(reader));
    return reader.warnings();
  }

  @Test
  void theLeast_givesTheDefaults() throws Exception {
    AuthorizationServerSettings settings = read();
    assertEquals("", settings.description());
    assertEquals(Optional.empty(), settings.issuer());
    assertEquals(
        new Endpoints(
            List.of(new Target("https", "as1.example.com", 9031)),
            "/as/introspect.oauth2",
            "as.targets"),
        settings.endpoints().with(ServerMetadata.NONE));
    assertTrue(settings.audit());
    assertEquals(SecretMethod.BASIC, secret(settings).method());
    assertEquals(TrustGroup.ofJava(), settings.trust());
    assertEquals(
        new FailoverSettings(
            Strategy.FIRST_AVAILABLE,
            2,
            Duration.ofMillis(250),
            Duration.ofSeconds(60),
            Set.of(502, 503, 504),
            Duration.ofSeconds(60)),
        settings.failover());
    assertEquals(List.of(), warnings());
  }

  @Test
  void nothingSet_namesAllThatIsRequired() {
    assertEquals(
        List.of(
            "as.introspection-endpoint: Introspection endpoint is required as there are"
                + " applications that use remote token validation.",
            "as.targets: at least one hostname:port pair is required.",
            "client.id: is required.",
            "client.secret: is required when client.credentials-type is secret."),
        problems(
            "as.targets",
            UNSET,
            "as.introspection-endpoint",
            UNSET,
            "client.id",
            UNSET,
            "client.secret",
            UNSET));
  }

  @Test
  void targets_areKeptInOrder() throws Exception {
    assertEquals(
        List.of(
            new Target("https", "a.example", 1),
            new Target("https", "[2001:db8::1]", 65535),
            new Target("https", "10.0.0.1", 8443)),
        read("as.targets", "a.example:1, [2001:db8::1]:65535\n10.0.0.1:8443, a.example:1")
            .endpoints()
            .targets());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example",
        "a.example:",
        "a.example:0",
        "a.example:65536",
        "a.example:x",
        ":443",
        "https://a.example:443",
        "a.example:443/path",
        "user@a.example:443",
        "2001:db8::1:443",
        "a.example:443?x",
        "a.example:443#x",
        "a b:1x",
        "a.example:+443",
        "a.example:0443",
        "é.example:443",
        "a.example:99999999999"
      })
  void badTarget_isNamed(String item) {
    List<String> problems = problems("as.targets", item);
    String last = item.substring(item.lastIndexOf(' ') + 1);
    assertTrue(
        problems.contains("as.targets: '" + last + "' is not a valid hostname:port pair."),
        problems::toString);
  }

  @Test
  void severalBadTargets_areOneLineEach() {
    assertEquals(
        List.of(
            "as.targets: 'a' is not a valid hostname:port pair.",
            "as.targets: 'b' is not a valid hostname:port pair."),
        problems("as.targets", "a, ok.example:1, b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "introspect",
        "/a b",
        "/a#b",
        "//a/b",
        "https://",
        "https:///a",
        "ftp://a/b",
        "https://a/b#c",
        "https://user@a/b",
        "https://a:0/b",
        "https://a:65536/b",
        "/é",
        "https:a"
      })
  void badEndpoint_isMalformed(String endpoint) {
    assertTrue(
        problems("as.introspection-endpoint", endpoint)
            .contains(
                "as.introspection-endpoint: must be a path that starts with /, or an absolute"
                    + " URL."));
    assertEquals(
        List.of("as.token-endpoint: must be a path that starts with /, or an absolute URL."),
        problems("as.token-endpoint", endpoint));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/", "/a?b=c%20d", "/a%2Fb"})
  void path_isKeptAsItIs(String path) throws Exception {
    assertEquals(
        path,
        read("as.introspection-endpoint", path)
            .endpoints()
            .with(ServerMetadata.NONE)
            .introspection());
  }

  @ParameterizedTest
  @CsvSource({
    "https://as.example/introspect?a=b, as.example, 443, /introspect?a=b",
    "HTTPS://as.example:8443, as.example, 8443, /",
  })
  void absoluteEndpoint_isItsOwnTarget(String url, String host, int port, String path)
      throws Exception {
    assertEquals(
        new Endpoints(List.of(new Target("https", host, port)), path, "as.introspection-endpoint"),
        read("as.introspection-endpoint", url, "as.targets", UNSET)
            .endpoints()
            .with(ServerMetadata.NONE));
  }

  @Test
  void absoluteEndpoint_excludesTargets() {
    assertEquals(
        List.of("as.introspection-endpoint: must be a path when as.targets is set."),
        problems("as.introspection-endpoint", "https://as.example/introspect"));
  }

  @ParameterizedTest
  @CsvSource({"http, true", "https, false"})
  void schemeOfTheEndpoint_mustFitSecure(String scheme, String secure) {
    assertEquals(
        List.of("as.introspection-endpoint: its scheme contradicts as.secure."),
        problems(
            "as.introspection-endpoint",
            scheme + "://as.example/introspect",
            "as.targets",
            UNSET,
            "as.secure",
            secure));
  }

  @Test
  void plainHttp_isWarnedOf() throws Exception {
    assertEquals("http", read("as.secure", "false").endpoints().targets().get(0).scheme());
    assertEquals(
        List.of(
            "as.secure: tokens and client credentials are sent in the clear (RFC 7662 section"
                + " 4)."),
        warnings("as.secure", "false"));
  }

  @Test
  void description_hasAMaximum() throws Exception {
    assertEquals(1000, read("as.description", "x".repeat(1000)).description().length());
    assertEquals(
        List.of("as.description: must not be longer than 1000 characters."),
        problems("as.description", "x".repeat(1001)));
  }

  @Test
  void issuer_isKeptAsItIs() throws Exception {
    assertEquals(
        Optional.of("https://as.example/a/"), read("as.issuer", "https://as.example/a/").issuer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a.example", "https://a.example?b", "https://a.example#b", "a"})
  void badIssuer_isRefused(String issuer) {
    assertEquals(
        List.of("as.issuer: must be an https URL without query or fragment."),
        problems("as.issuer", issuer));
  }

  @Test
  void trustGroup_isTheOneOfJava() throws Exception {
    read("as.trusted-certificate-group", "java");
    assertEquals(
        List.of("as.trusted-certificate-group: no trusted certificate group named 'corp-ca'."),
        problems("as.trusted-certificate-group", "corp-ca"));
  }

  @Test
  void clientId_is1To256PrintableAsciiCharacters() throws Exception {
    assertEquals(256, read("client.id", "~".repeat(256)).client().id().length());
    for (String wrong : List.of("x".repeat(257), "a\tb", "é")) {
      assertEquals(
          List.of("client.id: must be 1 to 256 printable ASCII characters."),
          problems("client.id", wrong));
    }
  }

  @Test
  void unknownCredentials_areRefused() {
    assertEquals(
        List.of(
            "client.credentials-type: must be one of: secret, mutual-tls, private-key-jwt,"
                + " none, bearer-token."),
        problems("client.credentials-type", "password"));
  }

  @Test
  void secretMethodPost_isNotedAsSecondChoice() throws Exception {
    assertEquals(SecretMethod.POST, secret(read("client.secret-method", "post")).method());
    assertEquals(
        List.of("client.secret-method: post is second choice to basic (RFC 6749 section 2.3.1)."),
        warnings("client.secret-method", "post"));
    assertEquals(
        List.of("client.secret-method: must be one of: basic, post, basic-raw."),
        problems("client.secret-method", "get"));
  }

  @Test
  @DisplayName("FLD-27: a client without credentials is warned of, and of what has no effect then")
  void noCredentials_areWarnedOf() throws Exception {
    List<String> warnings =
        warnings(
            "client.credentials-type", "none",
            "client.token", "abc",
            "client.secret-method", "post");
    assertEquals(
        List.of(
            "client.credentials-type: none: a server that needs no credentials answers whoever"
                + " tries tokens out (RFC 7662 section 2.1).",
            "client.secret: has no effect unless client.credentials-type is secret.",
            "client.secret-method: has no effect unless client.credentials-type is secret.",
            "client.token: has no effect unless client.credentials-type is bearer-token."),
        warnings);
  }

  @Test
  @DisplayName("FLD-28: a bearer token is wanted where it is the credential, and must be one")
  void bearerToken_isWantedAndRead() throws Exception {
    String type = "client.credentials-type";
    assertEquals(
        List.of("client.token: is required when client.credentials-type is bearer-token."),
        problems(type, "bearer-token"));
    for (String wrong : List.of("a b", "a=b", "=", "ä", "a\"")) {
      assertEquals(
          List.of("client.token: must be letters, digits and - . _ ~ + /, with = at the end only."),
          problems(type, "bearer-token", "client.token", wrong),
          wrong);
    }
    assertEquals(
        "client.token",
        read(type, "bearer-token", "client.token", "a/+~_.-1=").client().credentialSetting());
  }

  @Test
  @DisplayName("FLD-26: an identifier with a colon cannot be sent as it is")
  void colonInTheIdentifier_isNotForBasicRaw() throws Exception {
    assertEquals(
        List.of("client.id: must not contain : when client.secret-method is basic-raw."),
        problems("client.id", "a:b", "client.secret-method", "basic-raw"));
    read("client.id", "a:b", "client.secret-method", "basic");
    read("client.id", "ab", "client.secret-method", "basic-raw", "client.secret", "a:b");
  }

  @Test
  @DisplayName("FLD-25: a hint is printable, or none")
  void tokenTypeHint_isPrintable() throws Exception {
    assertEquals(Optional.of("access_token"), read().tokenTypeHint());
    assertEquals(Optional.of("~ x"), read("as.token-type-hint", "~ x").tokenTypeHint());
    assertEquals(Optional.empty(), read("as.token-type-hint", "none").tokenTypeHint());
    assertEquals(
        List.of("as.token-type-hint: must be printable ASCII characters, or none."),
        problems("as.token-type-hint", "é"));
  }

  @ParameterizedTest
  @CsvSource({
    "failover.max-retries, 0, 10",
    "failover.retry-delay, 0, 10000",
    "failover.failed-retry-timeout, 0, 3600",
    "failover.max-back-off, 0, 3600",
  })
  void bounds_areIncluded(String key, int min, int max) throws Exception {
    read(key, Integer.toString(min));
    read(key, Integer.toString(max));
    assertEquals(1, problems(key, Integer.toString(min - 1)).size());
    assertEquals(1, problems(key, Integer.toString(max + 1)).size());
  }

  @Test
  void failureStatusCodes_areBetween400And599() throws Exception {
    assertEquals(
        Set.of(400, 599),
        read("failover.failure-status-codes", "400 599").failover().failureStatusCodes());
    assertEquals(
        List.of(
            "failover.failure-status-codes: '399' must be between 400 and 599.",
            "failover.failure-status-codes: '5xx' must be a whole number.",
            "failover.failure-status-codes: '600' must be between 400 and 599."),
        problems("failover.failure-status-codes", "399, 5xx, 600"));
  }

  @Test
  void secret_showsUpNowhere() throws Exception {
    ConfigReader reader = reader("client.id", "");
    AuthorizationServerSettings settings =
        AuthorizationServerSettings.read(reader, KeySettings.read(reader));
    InvalidConfigurationException e =
        assertThrows(InvalidConfigurationException.class, reader::finish);
    String all = settings + e.getMessage() + reader.effective() + reader.settings();
    assertFalse(all.contains("cl1ent-s3cret"), all);
  }
}
