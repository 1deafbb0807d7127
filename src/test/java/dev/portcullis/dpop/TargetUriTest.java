/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUriTest {

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  @Test
  @DisplayName("DPOP-25, DPOP-26: of all octets just the unreserved characters are decoded")
  void escapes_areDecodedIfUnreserved() {
    for (int octet = 0; octet < 256; octet++) {
      String escape = String.format("%%%02X", octet);
      String expected =
          octet < 128 && UNRESERVED.indexOf(octet) >= 0 ? Character.toString(octet) : escape;
      String path = "/x" + escape + "y";
      assertEquals(Optional.of("/x" + expected + "y"), TargetUri.path(path), path);
      String lower = "/x" + String.format("%%%02x", octet) + "y";
      assertEquals(Optional.of("/x" + expected + "y"), TargetUri.path(lower), lower);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%", "/%4", "/a%", "/a%4", "/%4g", "/%g4", "/%%41", "/% 41", "/%４1", "/%4１", "/%-1"
      })
  @DisplayName("DPOP-29: a broken escape is no path")
  void brokenEscape_isRefused(String path) {
    assertEquals(Optional.empty(), TargetUri.path(path));
    assertEquals(Optional.empty(), TargetUri.normalise("https://api.example.com" + path));
  }

  @ParameterizedTest
  @CsvSource({
    "'', /",
    "/, /",
    "/a, /a",
    "/a/, /a/",
    "//a, //a",
    "/a//b, /a//b",
    "/%61, /a",
    "/a%62, /ab",
    "/., /",
    "/.., /",
    "/a/., /a/",
    "/a/.., /",
    "/a/b/.., /a/",
    "/a/b/../, /a/",
    "/a/b/../.., /",
    "/a/./b, /a/b",
    "/a/../b, /b",
    "/../../a, /a",
    "/a/../../b, /b",
    "/a/b/c/./../../g, /a/g",
    "/a/%2e%2E/b, /b",
    "/a/%2e, /a/",
    "/a/..b/.c/..., /a/..b/.c/...",
    "/a%2F..%2Fb, /a%2F..%2Fb",
    "/a/..;/b, /a/..;/b",
    "/a/..//b, //b",
    "/a//../b, /a/b"
  })
  @DisplayName("DPOP-25, DPOP-26: dot segments as in RFC 3986 section 5.2.4, and nothing more")
  void dotSegments_areRemoved(String path, String expected) {
    assertEquals(Optional.of(expected), TargetUri.path(path));
  }

  @ParameterizedTest
  @CsvSource({
    "https://h, https://h/",
    "HTTPS://H:443/P, https://h/P",
    "https://h:80/, https://h:80/",
    "http://h:80/, http://h/",
    "http://h:443/, http://h:443/",
    "https://h:/p, https://h/p",
    "https://h:0443/p, https://h:0443/p",
    "https://[2001:DB8::1]/p, https://[2001:db8::1]/p",
    "https://[2001:DB8::1]:443/p, https://[2001:db8::1]/p",
    "https://[2001:DB8::1]:8443/p, https://[2001:db8::1]:8443/p",
    "https://h?q/../x, https://h/",
    "https://h#f/../x, https://h/",
    "https://h/p?/../x, https://h/p",
    "https://h/p#/../x, https://h/p",
    "https://h./p, https://h./p",
    "https://AZ.example/AZ, https://az.example/AZ"
  })
  @DisplayName("DPOP-25, DPOP-27, DPOP-29: scheme, host and port in their normal form")
  void authority_isNormalised(String uri, String expected) {
    assertEquals(Optional.of(expected), TargetUri.normalise(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "://h/p",
        "h/p",
        "/p",
        "//h/p",
        "https",
        "https:",
        "https:/h/p",
        "https:h/p",
        "https:///p",
        "https://:443/p",
        "https://?q",
        "https://u@h/p",
        "https://u:p@h/p",
        "https://@h/p",
        "https://h@/p"
      })
  @DisplayName("DPOP-24, DPOP-28: without a scheme, a host, or with user information it is none")
  void otherText_isNoTarget(String uri) {
    assertEquals(Optional.empty(), TargetUri.normalise(uri));
  }
}
