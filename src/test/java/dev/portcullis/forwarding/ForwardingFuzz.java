/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.testing.CpuLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Header lines of any content through proxies that are believed. A proxy that adds its statement to
 * what a client sent must not lend the client its credit: what comes out is what the proxy said, or
 * what the connection itself is like, and never what the client made up.
 */
class ForwardingFuzz {

  private static final int LONGEST = 8 * 1024;
  private static final CpuLimit LIMIT = new CpuLimit(5);
  private static final Connection DIRECT =
      new Connection(false, "10.0.0.1", "http", "inside", 8080, Optional.empty());
  private static final Forwarding OLD = forwarding("x-forwarded");
  private static final Forwarding NEW = forwarding("forwarded");
  private static final List<String> PROXY_STATEMENTS =
      List.of(
          "for=203.0.113.9;proto=https;host=api.example.com",
          "for=\"[2001:db8::9]\";proto=https;host=\"api.example.com\"",
          "For=\"203.0.113.9:4711\" ; Proto=https ; Host=api.example.com ");

  @DictionaryEntries({"for=6.6.6.6;", "host=evil.example;", "proto=https;", "x=\"", "10.0.0.7,"})
  @FuzzTest(maxDuration = "10m")
  void clientsWord_neverCounts(FuzzedDataProvider data) throws Exception {
    String own = data.pickValue(PROXY_STATEMENTS);
    boolean isSameLine = data.consumeBoolean();
    List<String> lines = new ArrayList<>();
    while (lines.size() < 4 && data.remainingBytes() > 0) {
      lines.add(data.consumeString(LONGEST).replaceAll("[\\r\\n\\x00]", ""));
    }
    List<String> forwarded = appended(lines, own, isSameLine);
    List<String> addresses = appended(lines, "203.0.113.9", isSameLine);
    List<String> schemes = appended(lines, "https", isSameLine);
    List<String> hosts = appended(lines, "api.example.com", isSameLine);
    Map<String, List<String>> fields = new HashMap<>();
    fields.put("forwarded", forwarded);
    fields.put("x-forwarded-for", addresses);
    fields.put("x-forwarded-proto", schemes);
    fields.put("x-forwarded-host", hosts);
    LIMIT.run(() -> check(connection(NEW, fields)));
    LIMIT.run(() -> check(connection(OLD, fields)));
  }

  @FuzzTest(maxDuration = "10m")
  void anyLine_isReadOrLeftOut(FuzzedDataProvider data) throws Exception {
    Map<String, List<String>> fields = new HashMap<>();
    for (String name :
        List.of(
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host",
            "x-forwarded-port")) {
      fields.put(name, List.of(data.consumeString(LONGEST)));
    }
    LIMIT.run(() -> plausible(connection(NEW, fields)));
    LIMIT.run(() -> plausible(connection(OLD, fields)));
  }

  static void check(Connection seen) {
    assertTrue(
        Set.of("10.0.0.1", "203.0.113.9", "2001:db8::9").contains(seen.peer()), seen::toString);
    assertTrue(Set.of("inside", "api.example.com").contains(seen.host()), seen::toString);
    assertTrue(Set.of("http", "https").contains(seen.scheme()), seen::toString);
    assertEquals(seen.scheme().equals("https"), seen.isSecure());
  }

  private static void plausible(Connection seen) {
    assertTrue(seen.peer().matches("[0-9A-Fa-f.:]{2,45}"), seen::toString);
    assertTrue(seen.host().matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]"), seen::toString);
    assertTrue(seen.port() >= 0 && seen.port() <= 65_535, seen::toString);
    assertEquals(seen.scheme().equals("https"), seen.isSecure());
  }

  private static List<String> appended(List<String> lines, String own, boolean isSameLine) {
    List<String> all = new ArrayList<>(lines);
    if (isSameLine && !all.isEmpty()) {
      all.set(all.size() - 1, all.get(all.size() - 1) + ", " + own);
    } else {
      all.add(own);
    }
    return all;
  }

  static Connection connection(Forwarding forwarding, Map<String, List<String>> fields) {
    return forwarding.connection(
        DIRECT, name -> fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  static Forwarding forwarding(String style) {
    Map<String, String> entries =
        Map.of("request.trusted-proxies", "10.0.0.0/8", "request.forwarded-style", style);
    return new Forwarding(
        ForwardingSettings.read(new ConfigReader(List.of(PropertySource.of(entries)))));
  }
}
