/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.oauth.ResourceRequest.Connection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URL a resource has. */
class BaseUrlsTest {

  @ParameterizedTest
  @DisplayName("AUZ-05: an origin stands before the whole path, a prefix for the context path")
  @CsvSource({
    "https://api.example.com,          /shop, /orders, https://api.example.com/shop/orders",
    "https://api.example.com/,         /shop, /orders, https://api.example.com/shop/orders",
    "https://api.example.com/svc2,     /shop, /orders, https://api.example.com/svc2/orders",
    "https://api.example.com/svc2/,    '',    /orders, https://api.example.com/svc2/orders",
    "https://api.example.com,          '',    /,       https://api.example.com/",
    "https://api.example.com:8443,     '',    /r,      https://api.example.com:8443/r",
    "https://api.example.com:443,      '',    /r,      https://api.example.com/r",
    "http://api.example.com:80,        '',    /r,      http://api.example.com/r",
    "http://api.example.com:443,       '',    /r,      http://api.example.com:443/r",
    "HTTPS://API.Example.com,          '',    /R,      https://api.example.com/R"
  })
  void url_isBaseAndPath(String base, String context, String path, String url) {
    assertEquals(url, urls(base).resourceOf(request("other.example", 443, context, path)));
  }

  @ParameterizedTest
  @DisplayName("AUZ-05: Host only selects among what is set")
  @CsvSource({
    "a.example,    443,  https://a.example/r",
    "b.example,    443,  https://b.example/r",
    "B.EXAMPLE,    443,  https://b.example/r",
    "b.example,    8443, https://b.example/r",
    "c.example,    8443, https://c.example:8443/r",
    "evil.example, 443,  https://a.example/r",
    "'',           443,  https://a.example/r"
  })
  void host_selectsAmongSeveral(String host, int port, String url) {
    BaseUrls urls = urls("https://a.example", "https://b.example", "https://c.example:8443");
    assertEquals(url, urls.resourceOf(request(host, port, "", "/r")));
  }

  @ParameterizedTest
  @DisplayName("AUZ-05: the decoded path is encoded in one way only")
  @CsvSource({
    "/a b,   /a%20b",
    "/ä,     /%C3%A4",
    "/a%b,   /a%25b",
    "/a?b,   /a%3Fb",
    "/a#b,   /a%23b",
    "/a;b,   /a%3Bb",
    "/~a-._, /~a-._",
    "/a@b:c, /a@b:c",
    "'/a\"b', /a%22b"
  })
  void path_isEncodedAnew(String decoded, String encoded) {
    assertEquals(
        "https://a.example" + encoded,
        urls("https://a.example").resourceOf(request("a.example", 443, "", decoded)));
  }

  @ParameterizedTest
  @DisplayName("AUZ-05: neither query nor path parameters nor spelling of the request take part")
  @ValueSource(strings = {"/r", "/r;x=1", "//r", "/./r", "/%72"})
  void rawRequest_takesNoPart(String uri) {
    ResourceRequest request =
        new ResourceRequest(
            "GET",
            uri,
            Optional.of("y=1"),
            "",
            "/r",
            List.of(),
            List.of(),
            connection("evil.example", 1));
    assertEquals("https://a.example/r", urls("https://a.example").resourceOf(request));
  }

  @Test
  void noBaseUrl_isTheUrlOfTheConnection() {
    assertEquals("https://h.example/c/r", urls().resourceOf(request("H.example", 443, "/c", "/r")));
    assertEquals("https://h.example:1/r", urls().resourceOf(request("h.example", 1, "", "/r")));
  }

  @Test
  void urls_areCopied() {
    List<URI> list = new ArrayList<>(List.of(URI.create("https://a.example")));
    BaseUrls urls = new BaseUrls(list);
    list.clear();
    assertEquals(1, urls.urls().size());
    assertThrows(UnsupportedOperationException.class, () -> urls.urls().clear());
  }

  private static BaseUrls urls(String... urls) {
    return new BaseUrls(Stream.of(urls).map(URI::create).toList());
  }

  private static ResourceRequest request(String host, int port, String context, String path) {
    return new ResourceRequest(
        "GET",
        context + path,
        Optional.empty(),
        context,
        path,
        List.of(),
        List.of(),
        connection(host, port));
  }

  private static Connection connection(String host, int port) {
    return new Connection(true, "127.0.0.1", "https", host, port, Optional.empty());
  }
}
