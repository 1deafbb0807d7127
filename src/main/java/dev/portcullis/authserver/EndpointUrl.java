/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Reads the URL or the path of an endpoint. */
final class EndpointUrl {

  static final String HTTPS = "https";

  private EndpointUrl() {}

  /** A path that starts with a slash, or an absolute URL; without fragment. */
  static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      boolean path = !uri.isAbsolute() && text.startsWith("/") && !text.startsWith("//");
      boolean fits = uri.getRawFragment() == null && isAscii(text) && (path || isUrl(uri));
      return fits ? Optional.of(lowerScheme(uri)) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** An absolute URL of the scheme {@code https}. */
  static Optional<URI> parseHttps(String text) {
    return parse(text).filter(url -> HTTPS.equals(url.getScheme()));
  }

  /** The path with the query, if there is one. */
  static String pathAndQuery(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /** The same, its scheme in lower case. */
  static URI lowerScheme(URI uri) {
    if (!uri.isAbsolute()) {
      return uri;
    }
    String text = uri.toString();
    return URI.create(uri.getScheme().toLowerCase(Locale.ROOT) + text.substring(text.indexOf(':')));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  private static boolean isUrl(URI uri) {
    return uri.isAbsolute()
        && (HTTPS.equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getPort() != 0
        && uri.getPort() <= Target.HIGHEST_PORT;
  }
}
