/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import dev.portcullis.oauth.ResourceRequest.Connection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The public origins of the application, from the settings. They, and not the {@code Host} of a
 * request, make the URL of a resource; {@code Host} only selects among them. An origin without a
 * path stands before the whole path, one with a path in the place of the context path. Immutable.
 */
public record BaseUrls(List<URI> urls) {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String UNRESERVED_AND_MORE = "-._~!$&'()*+,=:@/";

  /** Copies the URLs. */
  public BaseUrls {
    urls = List.copyOf(urls);
  }

  /**
   * The URL of the resource that was asked for: no query, no path parameters, the path as the
   * container decoded it and encoded anew in the canonical way (RFC 3986 section 6.2.2); what is
   * left of semicolons after that were encoded ones. Without any base URL that of the connection.
   */
  public String resourceOf(ResourceRequest request) {
    Connection connection = request.connection();
    if (urls.isEmpty()) {
      String origin = origin(connection.scheme(), connection.host(), connection.port());
      return origin + encode(request.contextPath() + request.path());
    }
    URI base = baseOf(request);
    String prefix = prefixOf(base);
    String origin = origin(base.getScheme(), base.getHost(), base.getPort());
    return origin
        + (prefix.isEmpty() ? encode(request.contextPath()) : prefix)
        + encode(request.path());
  }

  /**
   * The one of them that a request came to, as its {@code Host} selects it; else the first. To be
   * asked only where there is one.
   */
  public URI baseOf(ResourceRequest request) {
    return select(request.connection().host(), request.connection().port());
  }

  /** The path of a base URL, without a slash at its end. */
  public static String prefixOf(URI base) {
    String path = base.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private URI select(String host, int port) {
    if (urls.size() == 1) {
      return urls.get(0);
    }
    Optional<URI> sameHost = Optional.empty(); // TLS ends elsewhere, and nobody told the port
    for (URI url : urls) {
      if (url.getHost().equalsIgnoreCase(host)) {
        if (portOf(url) == port) {
          return url;
        }
        sameHost = sameHost.isPresent() ? sameHost : Optional.of(url);
      }
    }
    return sameHost.orElse(urls.get(0));
  }

  private static String origin(String scheme, String host, int port) {
    String start = scheme.toLowerCase(Locale.ROOT) + "://" + host.toLowerCase(Locale.ROOT);
    return port < 0 || port == defaultPort(scheme) ? start : start + ":" + port;
  }

  private static int portOf(URI url) {
    return url.getPort() < 0 ? defaultPort(url.getScheme()) : url.getPort();
  }

  private static int defaultPort(String scheme) {
    return scheme.equalsIgnoreCase("https") ? 443 : 80;
  }

  /** A decoded path in the canonical encoding. */
  public static String encode(String path) {
    StringBuilder encoded = new StringBuilder(path.length());
    for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED_AND_MORE.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return encoded.toString();
  }
}
