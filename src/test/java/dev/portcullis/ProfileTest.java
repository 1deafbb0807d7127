/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertySource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code profile = fapi2}: one line that sets what belongs together, and what contradicts it. */
class ProfileTest {

  private static final Map<String, String> RIGHT =
      Map.of(
          "profile", "fapi2",
          "as.issuer", "https://as.example.com",
          "as.introspection-endpoint", "https://as.example.com/introspect",
          "as.token-endpoint", "https://as.example.com/token",
          "client.id", "rs-1",
          "request.base-urls", "https://api.example.com");

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
    assertEquals("PS256, ES256, EdDSA, Ed25519", settings.get("dpop.signing-algorithms"));
    assertEquals("60", settings.get("dpop.proof-lifetime"));
    assertEquals("false", settings.get("cache.tokens"));
    assertEquals(List.of(), reader.warnings());
  }

  @Test
  @DisplayName("CFG-02: nothing but what the profile names has another value than without it")
  void otherSettings_areAsTheyAreWithoutIt() throws Exception {
    Map<String, String> without = effective(Map.of("profile", "none", "client.secret", "s"));
    Map<String, String> with = effective(Map.of("dpop.type", "off"));
    Set<String> different = new TreeSet<>(with.keySet());
    different.removeIf(key -> with.get(key).equals(without.getOrDefault(key, with.get(key))));
    assertEquals(
        Set.of(
            "client.credentials-type",
            "dpop.proof-lifetime",
            "dpop.signing-algorithms",
            "jwks.enabled",
            "profile"),
        different);
  }

  private static Map<String, String> effective(Map<String, String> settings) throws Exception {
    ConfigReader reader = reader(settings);
    FilterSettings.read(reader);
    return reader.effective();
  }

  @ParameterizedTest
  @DisplayName("CFG-02, CFG-06, CAU-03, CAU-12, DPOP-30: what contradicts it is refused by name")
  @CsvSource(
      delimiter = '|',
      value = {
        "client.credentials-type | secret | private-key-jwt or mutual-tls",
        "client.credentials-type | none | private-key-jwt or mutual-tls",
        "client.credentials-type | bearer-token | private-key-jwt or mutual-tls",
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
  @DisplayName("CFG-02, DPOP-30: at its bounds the profile is met")
  @CsvSource({
    "dpop.clock-skew, 10",
    "dpop.clock-skew, 59",
    "dpop.nonce-lifetime, 10",
    "dpop.nonce-lifetime, 300",
    "dpop.signing-algorithms, Ed25519"
  })
  void boundsOfTheProfile_areWithin(String key, String value) throws Exception {
    assertEquals(value, effective(Map.of(key, value)).get(key));
  }

  @ParameterizedTest
  @DisplayName("CFG-01: what cannot be read is one mistake, not a contradiction as well")
  @CsvSource({"as.secure, perhaps", "dpop.clock-skew, x"})
  void unreadableValue_isToldOnce(String key, String value) {
    List<String> problems = problems(Map.of(key, value));
    assertEquals(1, problems.stream().filter(problem -> problem.startsWith(key)).count());
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
