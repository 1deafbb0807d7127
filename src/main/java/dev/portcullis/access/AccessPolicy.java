/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.access.AccessSettings.Rule;
import dev.portcullis.oauth.ResourceRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Which rule holds for a request: of those whose pattern matches the most specific pattern's, and
 * of several such the one that names the method. Immutable.
 */
final class AccessPolicy {

  private record Entry(PathPattern pattern, Set<String> methods, AccessRule rule) {

    boolean matches(String method, String path) {
      return (methods.isEmpty() || names(method)) && pattern.matches(path);
    }

    /** HEAD is GET without a body (RFC 9110 section 9.3.2): what guards one guards the other. */
    private boolean names(String method) {
      return methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }
  }

  private static final Comparator<Entry> MOST_SPECIFIC_FIRST =
      Comparator.comparing(Entry::pattern)
          .thenComparing(entry -> entry.methods().isEmpty())
          .thenComparing(entry -> !entry.methods().contains("HEAD"));

  private final List<Entry> entries = new ArrayList<>();
  private final AccessRule otherwise;
  private final List<PathPattern> excluded;
  private final List<PathPattern> optional;

  AccessPolicy(AccessSettings settings) {
    for (Rule rule : settings.rules()) {
      AccessRule accessRule = AccessRule.of(rule.requirements());
      rule.paths().forEach(path -> entries.add(new Entry(path, rule.methods(), accessRule)));
    }
    entries.sort(MOST_SPECIFIC_FIRST);
    otherwise =
        settings.isDeniedByDefault()
            ? AccessRule.deny(settings.general())
            : AccessRule.of(settings.general());
    excluded = settings.excluded().stream().map(PathPattern::parse).toList();
    optional = settings.optional().stream().map(PathPattern::parse).toList();
  }

  AccessRule ruleFor(ResourceRequest request) {
    for (Entry entry : entries) {
      if (entry.matches(request.method(), request.path())) {
        return entry.rule();
      }
    }
    return otherwise;
  }

  /** Whether a path is not protected at all. */
  boolean isExcluded(String path) {
    return matchesAny(excluded, path);
  }

  /** Whether a path may be reached without a token. */
  boolean isOptional(String path) {
    return matchesAny(optional, path);
  }

  private static boolean matchesAny(List<PathPattern> patterns, String path) {
    for (PathPattern pattern : patterns) {
      if (pattern.matches(path)) {
        return true;
      }
    }
    return false;
  }
}
