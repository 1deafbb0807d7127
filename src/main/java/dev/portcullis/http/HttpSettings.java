/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import dev.portcullis.config.ConfigReader;
import java.time.Duration;
import java.util.Optional;

/**
 * How the authorization server is reached.
 *
 * @param connectTimeout for a TCP connection to one address, and for the TLS handshake
 * @param readTimeout from sending a request to the end of its answer
 * @param poolTimeout for a connection to become free
 * @param overallTimeout for one introspection, repeats and other targets included
 * @param maxConnections connections to one target
 * @param keepAlive how long an idle connection is kept; zero for not at all
 * @param connectionMaxAge how long a connection is used at all; zero for no limit
 * @param maxResponseSize octets of a body
 * @param tls TLS
 * @param proxy the forward proxy to go through; none means that connections are direct
 */
public record HttpSettings(
    Duration connectTimeout,
    Duration readTimeout,
    Duration poolTimeout,
    Duration overallTimeout,
    int maxConnections,
    Duration keepAlive,
    Duration connectionMaxAge,
    int maxResponseSize,
    TlsSettings tls,
    Optional<ProxySettings> proxy) {

  private static final int LONGEST_WAIT = 60_000;

  /** Reads the settings {@code http.*} that concern the transport. */
  public static HttpSettings read(ConfigReader reader) {
    return new HttpSettings(
        reader.millis("http.connect-timeout", 3000, 1, LONGEST_WAIT),
        reader.millis("http.read-timeout", 5000, 1, LONGEST_WAIT),
        reader.millis("http.pool-timeout", 3000, 1, LONGEST_WAIT),
        reader.millis("http.overall-timeout", 10_000, 1, 120_000),
        reader.integer("http.max-connections", 50, 1, 1000),
        reader.millis("http.keep-alive", 30_000, 0, 600_000),
        reader.seconds("http.connection-max-age", 300, 0, 86_400),
        reader.integer("http.max-response-size", 65_536, 1024, 10_485_760),
        TlsSettings.read(reader),
        ProxySettings.read(reader));
  }
}
