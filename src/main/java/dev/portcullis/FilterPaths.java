/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** For which paths a container calls a filter, as far as it tells. Immutable. */
final class FilterPaths {

  private final List<String> patterns;

  private FilterPaths(Collection<String> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /** Where servlet names are mapped, too, paths tell nothing. Open Liberty has null for no name. */
  static FilterPaths of(FilterConfig filter) {
    return new FilterPaths(
        registration(filter)
            .filter(found -> Told.by(found::getServletNameMappings).orElse(List.of()).isEmpty())
            .flatMap(found -> Told.by(found::getUrlPatternMappings))
            .orElse(List.of()));
  }

  private static Optional<FilterRegistration> registration(FilterConfig filter) {
    return Told.by(() -> filter.getServletContext().getFilterRegistration(filter.getFilterName()));
  }

  /** Whether the container certainly does not call the filter for a path. */
  boolean exclude(String path) {
    return !patterns.isEmpty() && patterns.stream().noneMatch(pattern -> covers(pattern, path));
  }

  private static boolean covers(String pattern, String path) {
    if (pattern.endsWith("/*")) {
      return (path + "/").startsWith(pattern.substring(0, pattern.length() - 1));
    }
    return pattern.equals("/")
        || (pattern.startsWith("*.") && path.endsWith(pattern.substring(1)))
        || pattern.equals(path);
  }
}
