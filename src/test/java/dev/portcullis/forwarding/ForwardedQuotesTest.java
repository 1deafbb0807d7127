/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.oauth.ResourceRequest.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that opens quotes in {@code Forwarded}, for its proxy to write into them. */
class ForwardedQuotesTest {

  private static final Forwarding FORWARDING = ForwardingFuzz.forwarding("forwarded");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=6.6.6.6;host=evil.example;proto=https;x=\"",
        "for=6.6.6.6;host=evil.example;x=\"\\",
        "for=6.6.6.6;host=evil.example;x=\"a\\\"",
        "for=6.6.6.6;host=evil.example;x=\"a\";y=\"",
        "for=6.6.6.6;host=evil.example;\"",
        "\"",
      })
  @DisplayName("HTTP-05: what the proxy adds does not become a part of what the client said")
  void openQuotes_lendNoCredit(String client) {
    for (String proxy :
        List.of(
            "for=203.0.113.9;proto=https;host=api.example.com",
            "for=\"[2001:db8::9]\";proto=https;host=\"api.example.com\"")) {
      ForwardingFuzz.check(seen(client + ", " + proxy));
      ForwardingFuzz.check(seen(client + "," + proxy));
    }
  }

  @Test
  @DisplayName("HTTP-05: quotes that close are no harm, nor is what is escaped in them")
  void closedQuotes_leaveTheProxysWord() {
    Connection seen =
        seen("for=6.6.6.6;x=\"\\\",\", for=203.0.113.9;proto=https;host=api.example.com");
    assertEquals("203.0.113.9", seen.peer());
    assertEquals("api.example.com", seen.host());
  }

  private static Connection seen(String line) {
    return ForwardingFuzz.connection(FORWARDING, Map.of("forwarded", List.of(line)));
  }
}
