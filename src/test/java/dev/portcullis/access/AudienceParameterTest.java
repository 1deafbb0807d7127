/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent as {@code aud}. */
class AudienceParameterTest {

  private static final String BASE = "https://api.example.com";

  @Test
  @DisplayName("AUZ-05: nothing unless it is switched on")
  void off_sendsNothing() {
    assertEquals(Optional.empty(), value("/r", "as.audience-value", "urn:x"));
    assertEquals(
        Optional.empty(), value("/r", "as.send-audience", "false", "request.base-urls", BASE));
  }

  @Test
  @DisplayName("AUZ-05: a fixed value is sent as it is")
  void fixedValue_isSent() {
    assertEquals(
        Optional.of("urn:Example/ A"),
        value("/r", "as.send-audience", "true", "as.audience-value", "urn:Example/ A"));
    assertEquals(
        Optional.of("urn:x"),
        value(
            "/r",
            "as.send-audience",
            "true",
            "as.audience-value",
            "urn:x",
            "request.base-urls",
            BASE));
  }

  @Test
  @DisplayName("AUZ-05: else the URL of the resource")
  void requestUrl_isSent() {
    assertEquals(
        Optional.of("https://api.example.com/a%20b"),
        value("/a b", "as.send-audience", "true", "request.base-urls", BASE));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS://API.example.com:443, https://api.example.com",
    "http://LOCALHOST:80/, http://localhost/",
    "https://api.example.com:8443, https://api.example.com:8443",
    "https://api.example.com:0443/V1/%7ex/./y/../z, https://api.example.com/V1/~x/z",
    "https://[2001:DB8::1]:443, https://[2001:db8::1]"
  })
  @DisplayName("FLD-79: base URLs are brought into their normal form")
  void baseUrl_isNormalised(String given, String normal) {
    AudienceParameter read = Access.read(AudienceParameter::read, "request.base-urls", given);
    assertEquals(List.of(URI.create(normal)), read.baseUrls().urls());
  }

  @Test
  @DisplayName("AUZ-05: without base URLs there is nothing that the caller could not steer")
  void noBaseUrls_stopTheStart() {
    assertEquals(
        List.of("request.base-urls: is required when as.send-audience is true."),
        Access.problems(AudienceParameter::read, "as.send-audience", "true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.example.com",
        "ftp://api.example.com",
        "https://",
        "https://api.example.com?x",
        "https://api.example.com#x",
        "https://user@api.example.com",
        "https://api<example.com",
        "/path",
        "https:api.example.com",
        "mailto:a@example.com"
      })
  void badBaseUrl_stopsTheStart(String url) {
    assertEquals(
        List.of(
            "request.base-urls: '"
                + url
                + "' is not a URL of the form http(s)://host[:port][/prefix]."),
        Access.problems(
            AudienceParameter::read, "as.send-audience", "true", "request.base-urls", url));
  }

  @ParameterizedTest
  @CsvSource({"https://a.example", "http://a.example:8080/x", "https://[::1]:8443"})
  void goodBaseUrl_isTaken(String url) {
    assertEquals(
        Optional.of(url + "/r"), value("/r", "as.send-audience", "true", "request.base-urls", url));
  }

  private static Optional<String> value(String path, String... settings) {
    return Access.read(AudienceParameter::read, settings).valueFor(Access.request("GET", path));
  }
}
