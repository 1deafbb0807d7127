/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import dev.portcullis.config.ConfigReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which proxies are believed and where they say it: {@code request.trusted-proxies}, {@code
 * request.forwarded-*} and {@code request.client-certificate-*}.
 */
public record ForwardingSettings(
    TrustedProxies proxies,
    Style style,
    Value value,
    Headers headers,
    Optional<String> certificateHeader,
    CertificateFormat certificateFormat) {

  /** Which headers are read. */
  enum Style {
    /** One header for each thing, {@code X-Forwarded-For} and the like. */
    X_FORWARDED,
    /** {@code Forwarded} (RFC 7239). */
    FORWARDED
  }

  /** Which of several values counts. */
  enum Value {
    /** The last one that was not written about a trusted proxy. */
    LAST,
    /** The first: for proxies that throw away what they receive. */
    FIRST
  }

  /** How a header carries the certificate of the client. */
  enum CertificateFormat {
    /** DER in base64 between colons (RFC 9440). */
    RFC9440,
    /** PEM, URL-encoded: nginx. */
    PEM_URLENCODED,
    /** PEM in base64, or its base64 alone: Apache, HAProxy. */
    PEM_BASE64
  }

  /** The headers of {@link Style#X_FORWARDED}. */
  record Headers(String client, String host, String scheme, String port) {

    static final Headers USUAL =
        new Headers("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port");

    List<String> names() {
      return List.of(client, host, scheme, port);
    }
  }

  /** Key of which proxies are believed. */
  public static final String PROXIES = "request.trusted-proxies";

  private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Reads the settings. */
  public static ForwardingSettings read(ConfigReader config) {
    TrustedProxies proxies = proxies(config);
    Optional<String> certificateHeader = config.string("request.client-certificate-header");
    certificateHeader.ifPresent(name -> check(config, "request.client-certificate-header", name));
    if (certificateHeader.isPresent() && proxies.ranges().isEmpty()) {
      config.warn(
          "request.client-certificate-header",
          "has no effect unless request.trusted-proxies names a proxy.");
    }
    return new ForwardingSettings(
        proxies,
        config.choice("request.forwarded-style", Style.X_FORWARDED),
        config.choice("request.forwarded-value", Value.LAST),
        new Headers(
            header(config, "request.forwarded-for-header", Headers.USUAL.client()),
            header(config, "request.forwarded-host-header", Headers.USUAL.host()),
            header(config, "request.forwarded-proto-header", Headers.USUAL.scheme()),
            header(config, "request.forwarded-port-header", Headers.USUAL.port())),
        certificateHeader,
        config.choice("request.client-certificate-format", CertificateFormat.RFC9440));
  }

  /** The names of all fields in which proxies say what they forward. */
  List<String> fields() {
    Set<String> names = new LinkedHashSet<>(List.of("Forwarded"));
    names.addAll(headers.names());
    names.addAll(Headers.USUAL.names());
    return List.copyOf(names);
  }

  private static TrustedProxies proxies(ConfigReader config) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String item : config.list(PROXIES)) {
      AddressRange.parse(item)
          .ifPresentOrElse(
              ranges::add,
              () ->
                  config.problem(
                      PROXIES, "'" + item + "' is not an address or a range such as 10.0.0.0/8."));
    }
    return new TrustedProxies(ranges);
  }

  private static String header(ConfigReader config, String key, String fallback) {
    String name = config.string(key, fallback);
    check(config, key, name);
    return name;
  }

  private static void check(ConfigReader config, String key, String name) {
    if (!FIELD_NAME.matcher(name).matches()) {
      config.problem(key, "must be the name of a header.");
    }
  }
}
