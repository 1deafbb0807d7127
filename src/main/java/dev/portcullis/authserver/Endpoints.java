/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.ConfigReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the authorization server is called.
 *
 * @param targets its targets in order of preference, at least one
 * @param introspection path of the introspection endpoint, with its query if it has one
 * @param addressSetting key of the setting that names the targets
 */
public record Endpoints(List<Target> targets, String introspection, String addressSetting) {

  private static final String TARGETS = "as.targets";
  private static final String INTROSPECTION = "as.introspection-endpoint";
  static final String MTLS_INTROSPECTION = "as.mtls-introspection-endpoint";
  private static final String TOKEN = "as.token-endpoint";
  private static final String MALFORMED = "must be a path that starts with /, or an absolute URL.";

  /** Copies the targets. */
  public Endpoints {
    targets = List.copyOf(targets);
  }

  /** The path of the introspection endpoint without its query. */
  String path() {
    return introspection.replaceFirst("\\?.*", "");
  }

  static Endpoints read(ConfigReader reader, boolean secure) {
    List<Target> targets = targets(reader, secure ? "https" : "http");
    Optional<URI> introspection = endpoint(reader, INTROSPECTION);
    endpoint(reader, TOKEN);
    if (!reader.isSet(INTROSPECTION)) {
      reader.problem(
          INTROSPECTION,
          "Introspection endpoint is required as there are applications that use remote token"
              + " validation.");
    }
    if (introspection.filter(URI::isAbsolute).isPresent()) {
      return absolute(reader, introspection.get(), secure);
    }
    if (!reader.isSet(TARGETS)) {
      reader.problem(TARGETS, "at least one hostname:port pair is required.");
    }
    return new Endpoints(targets, introspection.map(Endpoints::path).orElse("/"), TARGETS);
  }

  /**
   * The token endpoint as absolute URL, if set: a path is one on the first target. Never called; it
   * names the authorization server in client assertions.
   */
  Optional<String> tokenEndpoint(ConfigReader reader) {
    Optional<URI> set = endpoint(reader, TOKEN);
    return set.filter(URI::isAbsolute)
        .map(URI::toString)
        .or(
            () ->
                targets.stream().findFirst().flatMap(first -> set.map(path -> first.plain(path))));
  }

  /** The same, or the one place that is for clients with a certificate (RFC 8705 section 5). */
  Endpoints forMutualTls(Optional<URI> alias) {
    return alias
        .map(url -> lowerScheme(url, url.toString()))
        .map(url -> new Endpoints(List.of(Target.of(url)), path(url), MTLS_INTROSPECTION))
        .orElse(this);
  }

  private static Endpoints absolute(ConfigReader reader, URI introspection, boolean secure) {
    if (reader.isSet(TARGETS)) {
      reader.problem(INTROSPECTION, "must be a path when as.targets is set.");
    }
    Target target = Target.of(introspection);
    if (target.scheme().equals("https") != secure) {
      reader.problem(INTROSPECTION, "its scheme contradicts as.secure.");
    }
    return new Endpoints(List.of(target), path(introspection), INTROSPECTION);
  }

  private static List<Target> targets(ConfigReader reader, String scheme) {
    return reader.list(TARGETS).stream()
        .map(item -> target(reader, scheme, item))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Target> target(ConfigReader reader, String scheme, String item) {
    Optional<Target> target = Target.parse(scheme, item);
    if (target.isEmpty()) {
      reader.problem(TARGETS, "'" + item + "' is not a valid hostname:port pair.");
    }
    return target;
  }

  private static Optional<URI> endpoint(ConfigReader reader, String key) {
    Optional<String> text = reader.string(key);
    Optional<URI> endpoint = text.flatMap(Endpoints::parse);
    if (text.isPresent() && endpoint.isEmpty()) {
      reader.problem(key, MALFORMED);
    }
    return endpoint;
  }

  private static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      boolean path = !uri.isAbsolute() && text.startsWith("/") && !text.startsWith("//");
      boolean fits = uri.getRawFragment() == null && isAscii(text) && (path || isUrl(uri));
      return fits ? Optional.of(lowerScheme(uri, text)) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  private static boolean isUrl(URI uri) {
    return uri.isAbsolute()
        && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getPort() != 0
        && uri.getPort() <= Target.HIGHEST_PORT;
  }

  private static URI lowerScheme(URI uri, String text) {
    return uri.isAbsolute()
        ? URI.create(uri.getScheme().toLowerCase(Locale.ROOT) + text.substring(text.indexOf(':')))
        : uri;
  }

  private static String path(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
