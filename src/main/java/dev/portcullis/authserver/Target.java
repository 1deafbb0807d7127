/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * One place the authorization server listens at.
 *
 * @param scheme {@code https} or {@code http}
 * @param host host name or address, an IPv6 address in brackets
 * @param port TCP port
 */
public record Target(String scheme, String host, int port) {

  static final int HIGHEST_PORT = 65_535;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  /** Reads {@code host:port}. */
  static Optional<Target> parse(String scheme, String hostAndPort) {
    try {
      URI uri = new URI(scheme + "://" + hostAndPort);
      boolean bare = (uri.getHost() + ":" + uri.getPort()).equals(hostAndPort);
      boolean inRange = uri.getPort() >= 1 && uri.getPort() <= HIGHEST_PORT;
      return bare && inRange ? Optional.of(of(uri)) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Where an absolute URL with a host leads. */
  static Target of(URI url) {
    int usual = url.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
    return new Target(url.getScheme(), url.getHost(), url.getPort() < 0 ? usual : url.getPort());
  }

  /** The URL of a path, with or without a query, on this target. */
  URI url(String path) {
    return URI.create(scheme + "://" + this + path);
  }

  /** The URL of a path on this target, without the port if that is the usual one. */
  String plain(URI path) {
    boolean usual = port == (scheme.equals("https") ? HTTPS_PORT : HTTP_PORT);
    return scheme + "://" + (usual ? host : this) + path;
  }

  /**
   * Written out, as targets are compared at each call: what Java makes of a record's own method is
   * kept by Java for good, and with it the class loader of an application that was undeployed.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Target that
        && port == that.port
        && host.equals(that.host)
        && scheme.equals(that.scheme);
  }

  @Override
  public int hashCode() {
    return host.hashCode() + port;
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
