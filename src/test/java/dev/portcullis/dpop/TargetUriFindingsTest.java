/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings that property tests came upon. */
class TargetUriFindingsTest {

  private static final String URL = "https://kiosk.example.com/r";
  private static final BaseUrls BASE =
      new BaseUrls(List.of(URI.create("https://kiosk.example.com")));

  @ParameterizedTest
  @ValueSource(strings = {"https://\u212Aiosk.example.com/r", "https://kios\u212A.example.com/r"})
  @DisplayName("DPOP-26, DPOP-29: a letter whose small form is one of ASCII is another letter")
  void letterOfAnotherScript_isAnother(String uri) {
    assertNotEquals(TargetUri.normalise(URL), TargetUri.normalise(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://kiosk.example.com:443:443/r",
        "https://a:b/c:d@e/r",
        "https://[::1/r",
        "https://::1/r",
        "https://::1]/r",
        "https://[::1]x:1/r",
        "a/b://kiosk.example.com/r",
        "?://kiosk.example.com/r"
      })
  @DisplayName("DPOP-24, DPOP-29: what has no host or no scheme is no target")
  void brokenAuthorityOrScheme_isNoTarget(String uri) {
    Optional<String> normal = TargetUri.normalise(uri);
    assertEquals(ReferenceUri.normalise(uri), normal);
    assertNotEquals(TargetUri.normalise(URL), normal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "", ".evil.example/r", ":8443/r", "@evil.example/r", "r"})
  @DisplayName("DPOP-24, HTTP-20: what is no path does not become a part of the host")
  void otherThanAPath_hasNoTarget(String uri) {
    assertEquals(Optional.empty(), TargetUri.of(request(uri), BASE));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example, /r, https://a.example/r, true",
    "https://a.example, /x/../r, https://a.example/x/../r, true",
    "https://a.example, /r, https://a.example/R, false",
    "https://a.example, /r, https://a.example/x/r, false",
    "https://a.example, /r, https://b.example/r, false",
    "https://a.example, /r, httpx://a.example/r, false",
    "https://a.example, /r, https:#/a.example/r, false",
    "https://a.example, /%7er, https://a.example/%7er, false",
    "https://a.example, /%, https://a.example/%, false",
    "https://a.example, r, https://a.exampler, false",
    "https://a.example/svc, /r, https://a.example/svc/r, false",
    "https://a.example/svc, /r, https://a.example/r, false"
  })
  @DisplayName("DPOP-24: what is spelt out letter by letter need not be computed")
  void speltOut_isTheSameTextAndNothingElse(String base, String path, String uri, boolean isIt) {
    BaseUrls urls = new BaseUrls(List.of(URI.create(base)));
    assertEquals(isIt, TargetUri.isSpeltOut(uri, request(path), urls));
    if (isIt) {
      assertEquals(TargetUri.normalise(uri), TargetUri.of(request(path), urls));
    }
  }

  private static ResourceRequest request(String uri) {
    return new ResourceRequest(
        "GET",
        uri,
        Optional.empty(),
        "",
        "/r",
        List.of(),
        List.of(),
        new Connection(true, "192.0.2.1", "https", "kiosk.example.com", 443, Optional.empty()));
  }
}
