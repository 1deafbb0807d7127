/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.dpop.TargetUri;
import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.ResourceRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The parameter {@code aud} of an introspection request: {@code as.send-audience}, {@code
 * as.audience-value} and {@code request.base-urls}. The caller cannot steer it: a fixed value, or a
 * base URL and the canonical path.
 *
 * @param isSent whether it is sent at all
 * @param fixed its value if that is always the same
 * @param baseUrls the public origins of the application
 */
public record AudienceParameter(boolean isSent, Optional<String> fixed, BaseUrls baseUrls) {

  private static final String BASE_URLS = "request.base-urls";

  /** Reads the settings. */
  public static AudienceParameter read(ConfigReader config) {
    boolean isSent = config.flag("as.send-audience", false);
    Optional<String> fixed = config.string("as.audience-value");
    List<URI> urls = new ArrayList<>();
    for (String url : config.list(BASE_URLS)) {
      baseUrl(url).ifPresentOrElse(urls::add, () -> config.problem(BASE_URLS, invalid(url)));
    }
    if (isSent && fixed.isEmpty() && urls.isEmpty() && !config.isFaulty(BASE_URLS)) {
      config.problem(BASE_URLS, "is required when as.send-audience is true.");
    }
    return new AudienceParameter(isSent, fixed, new BaseUrls(urls));
  }

  Optional<String> valueFor(ResourceRequest request) {
    if (!isSent) {
      return Optional.empty();
    }
    return fixed.isPresent() ? fixed : Optional.of(baseUrls.resourceOf(request));
  }

  private static String invalid(String url) {
    return "'" + url + "' is not a URL of the form http(s)://host[:port][/prefix].";
  }

  private static Optional<URI> baseUrl(String text) {
    try {
      return Optional.of(URI.create(text))
          .filter(AudienceParameter::isBaseUrl)
          .flatMap(AudienceParameter::normal);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // reported by the caller, with the key
    }
  }

  /** In the form in which URLs are compared (RFC 3986 sections 6.2.2 and 6.2.3). */
  private static Optional<URI> normal(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int defaultPort = scheme.equals("https") ? 443 : 80;
    boolean hasPort = url.getPort() >= 0 && url.getPort() != defaultPort;
    String authority =
        url.getHost().toLowerCase(Locale.ROOT) + (hasPort ? ":" + url.getPort() : "");
    Optional<String> path =
        url.getRawPath().isEmpty() ? Optional.of("") : TargetUri.path(url.getRawPath());
    return path.map(text -> URI.create(scheme + "://" + authority + text));
  }

  private static boolean isBaseUrl(URI url) {
    return url.getScheme() != null
        && Set.of("http", "https").contains(url.getScheme().toLowerCase(Locale.ROOT))
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }
}
