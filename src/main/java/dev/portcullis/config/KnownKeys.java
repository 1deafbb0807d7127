/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which keys were asked for, and hence which are known. For one thread. */
final class KnownKeys {

  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Set<String> groups = new LinkedHashSet<>();
  private final Set<String> misnamed = new LinkedHashSet<>();
  private final Set<String> prefixes = new LinkedHashSet<>();

  /** Notes a setting that was asked for. */
  void add(Setting setting) {
    settings.putIfAbsent(setting.key(), setting);
  }

  /** Notes that keys {@code <group>.<name>.…} were asked for. */
  void addGroup(String group) {
    groups.add(group + ".");
  }

  /** Notes that the keys of that member of a group are reported already. */
  void addMisnamed(String member) {
    misnamed.add(member + ".");
  }

  /** Notes that all keys that begin so are for someone else. */
  void addPrefix(String prefix) {
    prefixes.add(prefix);
  }

  List<Setting> settings() {
    return List.copyOf(settings.values());
  }

  /** What is to be said of a key that nobody asked for. */
  String describe(String key) {
    String hint =
        NearestKey.to(
                key, settings.keySet().stream().filter(known -> !known.endsWith("*")).toList())
            .map(nearest -> " Did you mean '" + nearest + "'?")
            .orElse("");
    return "Unknown setting '" + key + "'." + hint;
  }

  /**
   * Whether nobody asked for that key. An empty member of a group is not set, thus not asked for.
   */
  boolean isUnknown(String key, boolean isSet) {
    return !settings.containsKey(key)
        && !startsWithAny(key, prefixes)
        && !startsWithAny(key, misnamed)
        && (isSet || !startsWithAny(key, groups));
  }

  private static boolean startsWithAny(String key, Set<String> beginnings) {
    return beginnings.stream()
        .anyMatch(beginning -> key.length() > beginning.length() && key.startsWith(beginning));
  }
}
