/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertySource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {

  @Test
  void nothingSet_givesTheDefaults() {
    assertEquals(
        new HttpSettings(
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            50,
            Duration.ofSeconds(30),
            Duration.ofSeconds(300),
            65_536,
            new TlsSettings(Optional.empty(), List.of("TLSv1.3", "TLSv1.2"), List.of()),
            Optional.empty()),
        TestingTransport.settings());
  }

  @ParameterizedTest
  @CsvSource({
    "http.connect-timeout, 1, 60000",
    "http.read-timeout, 1, 60000",
    "http.pool-timeout, 1, 60000",
    "http.overall-timeout, 1, 120000",
    "http.max-connections, 1, 1000",
    "http.keep-alive, 0, 600000",
    "http.connection-max-age, 0, 86400",
    "http.max-response-size, 1024, 10485760",
  })
  void bounds_areIncluded(String key, int min, int max) throws Exception {
    reader(key, Integer.toString(min)).finish();
    reader(key, Integer.toString(max)).finish();
    assertEquals(1, problems(key, Integer.toString(min - 1)).size());
    assertEquals(1, problems(key, Integer.toString(max + 1)).size());
  }

  @Test
  void unknownTlsNames_areRefusedOneByOne() {
    assertEquals(
        List.of(
            "http.tls-protocols: 'TLSv9' is not a TLS protocol that this Java knows.",
            "http.tls-protocols: 'tlsv1.3' is not a TLS protocol that this Java knows."),
        problems("http.tls-protocols", "TLSv9, TLSv1.3, tlsv1.3"));
    assertEquals(
        List.of("http.tls-cipher-suites: 'NONE' is not a cipher suite that this Java knows."),
        problems("http.tls-cipher-suites", "NONE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.1", "TLSv1", "SSLv3", "SSLv2Hello"})
  @DisplayName("DIS-10: no version before TLS 1.2 can be set")
  void oldProtocols_areRefused(String name) {
    assertEquals(
        List.of("http.tls-protocols: '" + name + "' is not safe (RFC 9325)."),
        problems("http.tls-protocols", "TLSv1.3, " + name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_RSA_WITH_NULL_SHA256",
        "TLS_ECDHE_ECDSA_WITH_NULL_SHA",
        "SSL_RSA_WITH_RC4_128_SHA",
        "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
        "SSL_RSA_WITH_RC4_128_MD5",
        "SSL_DHE_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
        "SSL_DHE_RSA_WITH_DES_CBC_SHA",
        "SSL_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA",
        "TLS_ECDH_anon_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_AES_128_GCM_SHA256"
      })
  @DisplayName("DIS-10: no weak cipher suite can be set")
  void weakSuites_areRefused(String name) {
    assertEquals(
        List.of("http.tls-cipher-suites: '" + name + "' is not safe (RFC 9325)."),
        problems("http.tls-cipher-suites", "TLS_AES_128_GCM_SHA256, " + name));
  }

  @Test
  void expectedHostname_isAHostName() {
    for (String wrong : List.of("a b", "https://a", "a:1", "-a", "a/", "é.example")) {
      assertEquals(
          List.of("http.expected-hostname: must be a host name."),
          problems("http.expected-hostname", wrong));
    }
    assertEquals(
        Optional.of("as.example"),
        TestingTransport.settings("http.expected-hostname", "as.example").tls().expectedHostname());
  }

  private static ConfigReader reader(String key, String value) {
    ConfigReader reader = new ConfigReader(List.of(PropertySource.of(Map.of(key, value))));
    HttpSettings.read(reader);
    return reader;
  }

  private static List<String> problems(String key, String value) {
    ConfigReader reader = reader(key, value);
    return assertThrows(InvalidConfigurationException.class, reader::finish).problems();
  }
}
