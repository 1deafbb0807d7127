/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.json.JsonReader;
import dev.portcullis.json.MalformedJsonException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is used of a metadata document, and what makes it worthless. */
class ServerMetadataTest {

  private static final String ISSUER = "https://as.example.com";
  private static final String OURS = "\"issuer\":\"https://as.example.com\"";
  private static final String ENDPOINT =
      "\"introspection_endpoint\":\"https://as.example.com/introspect\"";

  private static final EndpointSettings PLAIN =
      new EndpointSettings(List.of(), Optional.empty(), Optional.empty(), false);
  private static final EndpointSettings MUTUAL =
      new EndpointSettings(List.of(), Optional.empty(), Optional.empty(), true);
  private static final EndpointSettings COMPLETE =
      new EndpointSettings(
          List.of(), Optional.of(URI.create("/introspect")), Optional.empty(), false);

  private static ServerMetadata read(EndpointSettings wanted, String... members)
      throws DocumentException {
    try {
      String document = "{" + String.join(",", members) + "}";
      return ServerMetadata.read(JsonReader.readObject(document.getBytes(UTF_8)), ISSUER, wanted);
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private static String problem(EndpointSettings wanted, String... members) {
    return assertThrows(DocumentException.class, () -> read(wanted, members)).problem();
  }

  private static String url(String name, String url) {
    return "\"" + name + "\":\"" + url + "\"";
  }

  private static String aliases(String members) {
    return "\"mtls_endpoint_aliases\":{" + members + "}";
  }

  @Test
  void unknownMembers_areIgnored() throws Exception {
    ServerMetadata metadata =
        read(
            PLAIN,
            OURS,
            ENDPOINT,
            "\"token_endpoint\":\"file:/etc/passwd\"",
            "\"registration_endpoint\":17",
            "\"x\":{\"y\":[null]}");

    assertEquals(
        new ServerMetadata(
            Optional.of(URI.create("https://as.example.com/introspect")),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of()),
        metadata);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"issuer\":\"https://as.example.com/\"",
        "\"issuer\":\"https://AS.example.com\"",
        "\"issuer\":\"HTTPS://as.example.com\"",
        "\"issuer\":\"https://as.example.com:443\"",
        "\"issuer\":\"https://as.example.com/t1\"",
        "\"issuer\":\"https://as.exa\\u006D\\u0301ple.com\"",
        "\"issuer\":\"\"",
        "\"issuer\":null",
        "\"issuer\":[\"https://as.example.com\"]",
        "\"iss\":\"https://as.example.com\""
      })
  @DisplayName("DIS-01: another issuer, however close, or none makes the document worthless")
  void anotherIssuer_isNotOurs(String issuer) {
    assertEquals("its issuer is not that of as.issuer", problem(PLAIN, issuer, ENDPOINT));
  }

  @Test
  @DisplayName("DIS-01: code points are compared, not their spelling in JSON")
  void escapedIssuer_isTheSame() throws Exception {
    assertEquals(
        true,
        read(PLAIN, "\"issuer\":\"https:\\/\\/as.ex\\u0061mple.com\"", ENDPOINT)
            .introspection()
            .isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://as.example.com/introspect",
        "ftp://as.example.com/introspect",
        "file:/etc/passwd",
        "/introspect",
        "//as.example.com/introspect",
        "https:/introspect",
        "https://",
        "https://user:pass@as.example.com/introspect",
        "https://as.example.com/introspect#fragment",
        "https://as.example.com:0/introspect",
        "https://as.example.com:65536/introspect",
        "https://as.example.com/intro spect",
        ""
      })
  @DisplayName("DIS-04: an endpoint or a key set that is no https URL makes the document worthless")
  void urlThatIsNotHttps_isWrong(String url) {
    assertEquals(
        "introspection_endpoint is not an https URL",
        problem(PLAIN, OURS, url("introspection_endpoint", url)));
    assertEquals(
        "jwks_uri is not an https URL", problem(PLAIN, OURS, ENDPOINT, url("jwks_uri", url)));
    assertEquals("jwks_uri is not an https URL", problem(COMPLETE, OURS, url("jwks_uri", url)));
    assertEquals(
        "introspection_endpoint is not an https URL",
        problem(MUTUAL, OURS, ENDPOINT, aliases(url("introspection_endpoint", url))));
  }

  @Test
  void memberOfTheWrongType_isWrong() {
    assertEquals(
        "introspection_endpoint is not an https URL",
        problem(PLAIN, OURS, "\"introspection_endpoint\":[]"));
    assertEquals(
        "mtls_endpoint_aliases is not an object",
        problem(MUTUAL, OURS, ENDPOINT, "\"mtls_endpoint_aliases\":[]"));
    assertEquals(
        "introspection_endpoint_auth_methods_supported is not an array of strings",
        problem(PLAIN, OURS, ENDPOINT, "\"introspection_endpoint_auth_methods_supported\":\"a\""));
    assertEquals(
        "introspection_endpoint_auth_signing_alg_values_supported is not an array of strings",
        problem(
            PLAIN,
            OURS,
            ENDPOINT,
            "\"introspection_endpoint_auth_signing_alg_values_supported\":[1]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "127.0.0.1",
        "10.0.0.1",
        "[::1]",
        "[fd00::1]",
        "2852039166",
        "0xA9FEA9FE"
      })
  @DisplayName("DIS-05: an internal address makes the document worthless")
  void internalAddress_isWrong(String host) {
    assertEquals(
        "introspection_endpoint leads to an internal address",
        problem(PLAIN, OURS, url("introspection_endpoint", "https://" + host + "/x")));
    assertEquals(
        "jwks_uri leads to an internal address",
        problem(PLAIN, OURS, ENDPOINT, url("jwks_uri", "https://" + host + ":8443/x")));
  }

  @Test
  void internalAddressOfTheIssuerItself_isRight() throws Exception {
    String document =
        "{\"issuer\":\"https://10.0.0.1/t\","
            + "\"introspection_endpoint\":\"https://10.0.0.1:8443/introspect\"}";

    assertEquals(
        Optional.of(URI.create("https://10.0.0.1:8443/introspect")),
        ServerMetadata.read(
                JsonReader.readObject(document.getBytes(UTF_8)), "https://10.0.0.1/t", PLAIN)
            .introspection());
  }

  @Test
  @DisplayName(
      "DIS-06: without an introspection endpoint the document is worthless if one is wanted")
  void missingEndpoint_isWrongWhereItIsWanted() throws Exception {
    assertEquals("it has no introspection_endpoint", problem(PLAIN, OURS));
    assertEquals("it has no introspection_endpoint", problem(MUTUAL, OURS));
    assertEquals(Optional.empty(), read(COMPLETE, OURS).introspection());
  }

  @Test
  @DisplayName("CAU-05: with mutual TLS the alias is taken, else the plain endpoint")
  void alias_isTakenWithMutualTls() throws Exception {
    String alias = url("introspection_endpoint", "https://mtls.example.com/introspect");

    ServerMetadata metadata = read(MUTUAL, OURS, aliases(alias));
    assertEquals(
        Optional.of(URI.create("https://mtls.example.com/introspect")),
        metadata.mutualTlsIntrospection());

    ServerMetadata without = read(MUTUAL, OURS, ENDPOINT, aliases(url("issuer", "https://evil")));
    assertEquals(Optional.empty(), without.mutualTlsIntrospection());
    assertEquals(true, without.introspection().isPresent());
  }

  @Test
  @DisplayName("CAU-06: without mutual TLS aliases are not looked at")
  void alias_isNotLookedAtWithoutMutualTls() throws Exception {
    assertEquals(
        Optional.empty(),
        read(PLAIN, OURS, ENDPOINT, aliases(url("introspection_endpoint", "https://127.0.0.1/")))
            .mutualTlsIntrospection());
    assertEquals(
        true,
        read(PLAIN, OURS, ENDPOINT, "\"mtls_endpoint_aliases\":7").introspection().isPresent());
  }

  @Test
  void signingAlgorithms_areThoseOfIntrospectionElseOfTheTokenEndpoint() throws Exception {
    String ofToken = "\"token_endpoint_auth_signing_alg_values_supported\":[\"RS256\"]";
    String ofIntrospection =
        "\"introspection_endpoint_auth_signing_alg_values_supported\":[\"PS256\",\"none\"]";

    assertEquals(List.of("RS256"), read(PLAIN, OURS, ENDPOINT, ofToken).signingAlgorithms());
    assertEquals(
        List.of("PS256", "none"),
        read(PLAIN, OURS, ENDPOINT, ofToken, ofIntrospection).signingAlgorithms());
  }

  @Test
  void chosenAlgorithm_isTheFirstOfThreeThatIsListed() {
    assertEquals(
        List.of(SigningAlgorithm.ES256, SigningAlgorithm.PS256, SigningAlgorithm.RS256),
        SigningAlgorithm.preferredOf(List.of("none", "HS256", "RS256", "PS256", "ES256")));
    assertEquals(
        List.of(SigningAlgorithm.RS256), SigningAlgorithm.preferredOf(List.of("ES512", "RS256")));
    assertEquals(List.of(), SigningAlgorithm.preferredOf(List.of("none")));
  }

  @ParameterizedTest
  @CsvSource({
    "https://as.example.com, /.well-known/oauth-authorization-server,"
        + " /.well-known/openid-configuration",
    "https://as.example.com/, /.well-known/oauth-authorization-server,"
        + " /.well-known/openid-configuration",
    "https://as.example.com/t1, /.well-known/oauth-authorization-server/t1,"
        + " /t1/.well-known/openid-configuration",
    "https://as.example.com/t1/, /.well-known/oauth-authorization-server/t1,"
        + " /t1/.well-known/openid-configuration",
    "https://as.example.com/a/%C3%A9, /.well-known/oauth-authorization-server/a/%C3%A9,"
        + " /a/%C3%A9/.well-known/openid-configuration",
    "HTTPS://as.example.com, /.well-known/oauth-authorization-server,"
        + " /.well-known/openid-configuration"
  })
  @DisplayName("DIS-02: the well-known name stands between host and path, or after the path")
  void locations_areThoseOfTheStandards(String issuer, String first, String second) {
    assertEquals(
        List.of(
            URI.create("https://as.example.com" + first),
            URI.create("https://as.example.com" + second)),
        MetadataFetcher.locations(issuer));
  }
}
