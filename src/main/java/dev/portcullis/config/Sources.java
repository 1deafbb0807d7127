/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sources in order of precedence. A key with an empty value is a key that is not set: the next
 * source is asked.
 */
record Sources(List<PropertySource> sources) {

  Sources {
    sources = List.copyOf(sources);
  }

  /** The text of a key without white space around it, placeholders unresolved, if set. */
  Optional<String> get(String key) {
    return sources.stream()
        .flatMap(source -> source.get(key).stream())
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /** All keys that stand in any source, set or empty, the first source first. */
  Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    sources.forEach(source -> keys.addAll(source.keys()));
    return keys;
  }

  /** The {@code <name>}s of all keys {@code <group>.<name>.…} that are set. */
  List<String> membersOf(String group) {
    String prefix = group + ".";
    return keys().stream()
        .filter(key -> key.startsWith(prefix) && get(key).isPresent())
        .map(key -> key.substring(prefix.length()))
        .filter(rest -> rest.indexOf('.') >= 0)
        .map(rest -> rest.substring(0, rest.indexOf('.')))
        .distinct()
        .toList();
  }

  /** Whether any key {@code <group>.…} is set. */
  boolean hasBelow(String group) {
    String prefix = group + ".";
    return keys().stream().anyMatch(key -> key.startsWith(prefix) && get(key).isPresent());
  }

  /** Whether all that stands in them could be read. */
  boolean areWhole() {
    return sources.stream().allMatch(PropertySource::isWhole);
  }

  /** What is wrong with the sources themselves. */
  List<String> problems() {
    return sources.stream().flatMap(source -> source.problems().stream()).toList();
  }
}
