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
import org.jspecify.annotations.Nullable;

/** For which paths a container calls a filter, as far as it tells. Immutable. */
final class FilterPaths {

  private final List<String> patterns;

  private FilterPaths(Collection<String> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  static FilterPaths of(FilterConfig filter) {
    return new FilterPaths(
        registration(filter)
            .filter(found -> isEmpty(found.getServletNameMappings())) // they tell no paths
            .map(FilterRegistration::getUrlPatternMappings)
            .orElse(List.of()));
  }

  /** Open Liberty has null for nothing. */
  private static boolean isEmpty(@Nullable Collection<String> names) {
    return names == null || names.isEmpty();
  }

  private static Optional<? extends FilterRegistration> registration(FilterConfig filter) {
    try {
      return Optional.ofNullable(
          filter.getServletContext().getFilterRegistration(filter.getFilterName()));
    } catch (UnsupportedOperationException e) {
      return Optional.empty(); // not told here
    }
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
