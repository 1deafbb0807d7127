/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.oauth.ResourceRequest.Statement;
import dev.portcullis.testing.TestingCertificates;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {

  private static final Connection DIRECT =
      new Connection(false, "10.0.0.1", "http", "inside", 8080, Optional.empty());

  @Test
  @DisplayName("HTTP-04: without trusted proxies no header counts")
  void untrustedPeer_isNotBelieved() {
    String[] all = {
      "X-Forwarded-For: 203.0.113.9",
      "X-Forwarded-Proto: https",
      "X-Forwarded-Host: evil.example",
      "X-Forwarded-Port: 1",
      "Forwarded: for=203.0.113.9;proto=https;host=evil.example",
      "Client-Cert: :AAAA:"
    };
    assertSame(DIRECT, connection(settings(), all));
    assertSame(DIRECT, connection(settings("request.trusted-proxies", "10.0.0.2"), all));
    assertSame(
        DIRECT,
        connection(
            settings("request.trusted-proxies", "10.0.0.2", "request.forwarded-style", "forwarded"),
            all));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, true", "10.0.0.0/8, true", "10.0.0.0/31, true", "10.0.0.2/31, false",
    "0.0.0.0/0, true", "::/0, false", "'192.0.2.1, 10.0.0.1', true", "::ffff:10.0.0.1, true"
  })
  @DisplayName("HTTP-05: addresses and ranges of proxies")
  void peer_isTrustedByItsAddress(String proxies, boolean isTrusted) {
    Connection seen =
        connection(settings("request.trusted-proxies", proxies), "X-Forwarded-Proto: https");
    assertEquals(isTrusted, seen.isSecure());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9 | 203.0.113.9",
        "198.51.100.7, 203.0.113.9 | 203.0.113.9",
        "198.51.100.7, 203.0.113.9, 10.0.0.9, 10.0.0.8 | 203.0.113.9",
        "10.0.0.9, 10.0.0.8 | 10.0.0.9",
        "203.0.113.9:4711 | 203.0.113.9",
        "[2001:db8::1]:4711 | 2001:db8::1",
        "2001:db8::1 | 2001:db8::1",
        "unknown | 10.0.0.1",
        "198.51.100.7, _hidden | 10.0.0.1",
        ", | 10.0.0.1",
      })
  @DisplayName("HTTP-05: the client is the last address that is none of a trusted proxy")
  void client_isWhatTheOutermostProxySaw(String header, String client) {
    assertEquals(
        client,
        connection(settings("request.trusted-proxies", "10.0.0.0/8"), "X-Forwarded-For: " + header)
            .peer());
  }

  @Test
  @DisplayName(
      "HTTP-05: of several lines and values the last counts, or the first where that is set")
  void oneValue_counts() {
    String[] lines = {
      "X-Forwarded-Proto: https",
      "X-Forwarded-Proto: https, http",
      "X-Forwarded-For: 192.0.2.1",
      "X-Forwarded-For: 192.0.2.2, 192.0.2.3"
    };
    Connection last = connection(settings("request.trusted-proxies", "10.0.0.1"), lines);
    assertEquals(
        new Connection(
            false, "192.0.2.3", "http", "inside", 8080, Optional.empty(), Statement.READ),
        last);
    Connection first =
        connection(
            settings("request.trusted-proxies", "10.0.0.1", "request.forwarded-value", "first"),
            lines);
    assertEquals(
        new Connection(
            true, "192.0.2.1", "https", "inside", 8080, Optional.empty(), Statement.READ),
        first);
  }

  @ParameterizedTest
  @CsvSource({
    "api.example.com, '', https, api.example.com, 443",
    "api.example.com, '', http, api.example.com, 80",
    "api.example.com:8443, '', https, api.example.com, 8443",
    "api.example.com:8443, 9000, https, api.example.com, 8443",
    "api.example.com, 9000, https, api.example.com, 9000",
    "[2001:db8::1]:1, '', https, [2001:db8::1], 1",
    "'', 9000, https, inside, 8080"
  })
  @DisplayName("HTTP-05: host and port")
  void host_isWhatTheProxySays(String host, String port, String scheme, String seen, int number) {
    Connection connection =
        connection(
            settings("request.trusted-proxies", "10.0.0.1"),
            "X-Forwarded-Proto: " + scheme,
            "X-Forwarded-Host: " + host,
            "X-Forwarded-Port: " + port);
    assertEquals(seen, connection.host());
    assertEquals(number, connection.port());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "proto=https;host=api.example.com;for=203.0.113.9 | true | 203.0.113.9 | api.example.com",
        "For=\"[2001:db8::1]:4711\";Proto=HTTPS | true | 2001:db8::1 | inside",
        "for=198.51.100.7;proto=https, for=203.0.113.9;proto=http | false | 203.0.113.9 | inside",
        "for=203.0.113.9;proto=https, for=10.0.0.9;proto=http | true | 203.0.113.9 | inside",
        "garbage, for=203.0.113.9;proto=https | true | 203.0.113.9 | inside",
        "for=unknown;proto=wss | true | 10.0.0.1 | inside",
        "for=_hidden;proto=ws | false | 10.0.0.1 | inside",
      })
  @DisplayName("HTTP-05: Forwarded of RFC 7239")
  void forwarded_isRead(String header, boolean isSecure, String client, String host) {
    Connection connection =
        connection(
            settings(
                "request.trusted-proxies", "10.0.0.0/8", "request.forwarded-style", "forwarded"),
            "Forwarded: " + header,
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: other.example");
    assertEquals(isSecure, connection.isSecure());
    assertEquals(client, connection.peer());
    assertEquals(host, connection.host());
  }

  @ParameterizedTest
  @CsvSource({"x-forwarded, last", "x-forwarded, first", "forwarded, last", "forwarded, first"})
  @DisplayName("HTTP-05: what a trusted proxy leaves out is as the connection has it")
  void silentProxy_leavesTheConnectionAsItIs(String style, String value) {
    Forwarding forwarding =
        settings(
            "request.trusted-proxies", "10.0.0.1",
            "request.forwarded-style", style,
            "request.forwarded-value", value);
    assertEquals(DIRECT, connection(forwarding));
    Connection offloaded =
        new Connection(true, "10.0.0.1", "http", "inside", 8080, Optional.empty());
    assertEquals(offloaded, forwarding.connection(offloaded, name -> List.of()));
    assertEquals(offloaded, forwarding.connection(offloaded, name -> List.of("")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proto=gopher",
        "host=\"",
        "host=\"api.example.com",
        "host=api.example.com\"",
        "for=\"[2001:db8::1\"",
        "for=localhost",
        "for=:80",
        "=",
        "host",
        "\"",
        "for=203.0.113.9;for=198.51.100.7;proto=https",
        "proto=https;=x",
        "host=\"a,b;c\";proto=https",
        "host=api.example.com/x",
        "host=u@api.example.com",
        "host=api.example.com:65536"
      })
  @DisplayName("HTTP-05, FLD-72: what cannot be read is told to be so, and no name is looked up")
  void unreadableStatement_isToldToBeSo(String header) {
    Forwarding forwarding =
        settings("request.trusted-proxies", "10.0.0.1", "request.forwarded-style", "forwarded");
    Connection secure = new Connection(true, "10.0.0.1", "https", "inside", 443, Optional.empty());
    assertEquals(
        secure.with(Statement.UNREADABLE), forwarding.connection(secure, name -> List.of(header)));
    assertEquals(DIRECT.with(Statement.UNREADABLE), connection(forwarding, "Forwarded: " + header));
    String address = header.replaceFirst("^for=", "");
    Forwarding old = settings("request.trusted-proxies", "10.0.0.1");
    assertEquals(DIRECT.with(Statement.UNREADABLE), connection(old, "X-Forwarded-For: " + address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: localhost",
        "X-Forwarded-Proto: gopher",
        "X-Forwarded-Proto: \"https\"",
        "X-Forwarded-Host: a b",
        "X-Forwarded-Host: api.example.com/x",
        "X-Forwarded-Host: u@api.example.com"
      })
  @DisplayName("FLD-72: nor can that be read in the older headers")
  void unreadableOldHeader_isToldToBeSo(String line) {
    Forwarding forwarding = settings("request.trusted-proxies", "10.0.0.1");
    assertEquals(DIRECT.with(Statement.UNREADABLE), connection(forwarding, line));
  }

  @ParameterizedTest
  @CsvSource({
    "Forwarded: for=a, READ",
    "X-Forwarded-Port: 1, READ",
    "x-forwarded-proto: https, READ",
    "X-S: https, READ",
    "X-S: 1, UNREADABLE",
    "X-S: , NONE",
    "X-Other: 1, NONE"
  })
  @DisplayName("FLD-72: that a trusted proxy speaks is told, in whatever field")
  void statement_isTold(String line, Statement statement) {
    Forwarding forwarding =
        settings("request.trusted-proxies", "10.0.0.1", "request.forwarded-proto-header", "X-S");
    assertEquals(statement, connection(forwarding, line).statement());
  }

  @Test
  void headers_mayHaveOtherNames() {
    Connection connection =
        connection(
            settings(
                "request.trusted-proxies", "10.0.0.1",
                "request.forwarded-for-header", "True-Client-IP",
                "request.forwarded-proto-header", "X-Scheme",
                "request.forwarded-host-header", "X-Host",
                "request.forwarded-port-header", "X-Port"),
            "true-client-ip: 203.0.113.9",
            "x-scheme: https",
            "x-host: api.example.com",
            "x-port: 1",
            "X-Forwarded-For: 192.0.2.1");
    assertEquals(
        new Connection(
            true, "203.0.113.9", "https", "api.example.com", 1, Optional.empty(), Statement.READ),
        connection);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rfc9440", "pem-urlencoded", "pem-base64", "base64", "plain"})
  @DisplayName("MTB-05: the certificate of the client in the format that is set")
  void certificate_comesFromTheHeader(String form) throws Exception {
    X509Certificate certificate = TestingCertificates.shared().authority();
    String base64 = Base64.getEncoder().encodeToString(certificate.getEncoded());
    String pem = "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    String value =
        switch (form) {
          case "rfc9440" -> ":" + base64 + ":";
          case "pem-urlencoded" ->
              URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
          case "pem-base64" ->
              Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
          case "base64" -> base64;
          default -> pem.replace("\n", " ");
        };
    String format = form.matches("rfc.*|.*urlencoded") ? form : "pem-base64";
    assertEquals(Optional.of(certificate), certificate(format, "Client-Cert: " + value));
    assertEquals(
        Optional.empty(), certificate(format, "Client-Cert: " + value, "Client-Cert: " + value));
    assertEquals(Optional.empty(), certificate(format, "Client-Cert: " + value + "," + value));
    assertEquals(Optional.empty(), certificate(format, "X-SSL-Client-Cert: " + value));
    assertEquals(
        Optional.empty(), certificate(format, "Client-Cert: " + value + "A".repeat(17000)));
    if (form.equals("plain")) {
      String spaces = " ".repeat(16 * 1024 - value.strip().length() - 1);
      String longest = value.strip().replaceFirst("----- ", "-----  " + spaces);
      assertEquals(16 * 1024, longest.length());
      assertEquals(Optional.of(certificate), certificate(format, "Client-Cert: " + longest));
      assertEquals(
          Optional.empty(),
          certificate(format, "Client-Cert: " + longest.replaceFirst("  ", "   ")));
    }
    assertEquals(Optional.empty(), certificate(format, "Client-Cert: *" + value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "::",
        ":AAAA:",
        "AAAA",
        "%zz",
        "%41",
        "-----BEGIN CERTIFICATE-----",
        "\u00e9",
        ":A:"
      })
  @DisplayName("MTB-05: what is no certificate is none, in whatever format")
  void garbage_isNoCertificate(String value) {
    for (String format : List.of("rfc9440", "pem-urlencoded", "pem-base64")) {
      assertEquals(Optional.empty(), certificate(format, "Client-Cert: " + value));
    }
  }

  @Test
  @DisplayName("MTB-05: what follows a certificate makes it none")
  void certificateAndMore_isNone() throws Exception {
    byte[] der = TestingCertificates.shared().authority().getEncoded();
    String more = Base64.getEncoder().encodeToString(Arrays.copyOf(der, der.length + 1));
    assertEquals(Optional.empty(), certificate("rfc9440", "Client-Cert: :" + more + ":"));
    assertEquals(Optional.empty(), certificate("pem-base64", "Client-Cert: " + more));
  }

  @Test
  @DisplayName("HTTP-05: the zone of an address of IPv6 is no part of it")
  void zone_isNoPartOfAnAddress() {
    Forwarding forwarding = settings("request.trusted-proxies", "fe80::1");
    Connection direct =
        new Connection(false, "fe80::1%eth0", "http", "inside", 80, Optional.empty());
    assertEquals(
        "203.0.113.9",
        forwarding
            .connection(
                direct,
                name -> name.equals("X-Forwarded-For") ? List.of("203.0.113.9") : List.<String>of())
            .peer());
  }

  @Test
  @DisplayName("MTB-05: the certificate of the proxy itself is not that of the client")
  void certificateOfTheProxy_isNotUsed() throws Exception {
    X509Certificate proxy = TestingCertificates.shared().authority();
    Connection direct =
        new Connection(true, "10.0.0.1", "https", "inside", 443, Optional.of(proxy));
    Forwarding forwarding =
        settings("request.trusted-proxies", "10.0.0.1", "request.client-certificate-header", "C");
    assertEquals(Optional.empty(), forwarding.connection(direct, name -> List.of()).certificate());
    Connection stranger =
        new Connection(true, "192.0.2.1", "https", "inside", 443, Optional.of(proxy));
    assertEquals(
        Optional.of(proxy), forwarding.connection(stranger, name -> List.of()).certificate());
    assertNotEquals(direct, stranger);
  }

  private static Optional<X509Certificate> certificate(String format, String... lines) {
    return connection(
            settings(
                "request.trusted-proxies", "10.0.0.1",
                "request.client-certificate-header", "Client-Cert",
                "request.client-certificate-format", format),
            lines)
        .certificate();
  }

  private static Connection connection(Forwarding forwarding, String... lines) {
    return forwarding.connection(
        DIRECT,
        name ->
            Stream.of(lines)
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList());
  }

  private static Forwarding settings(String... keysAndValues) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      entries.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Forwarding(
        ForwardingSettings.read(new ConfigReader(List.of(PropertySource.of(entries)))));
  }
}
