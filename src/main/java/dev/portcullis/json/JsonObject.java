/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A JSON object: every name once, in the order of the text. Immutable. */
public final class JsonObject implements JsonValue {

  private final Map<String, JsonValue> members;

  private JsonObject(Map<String, JsonValue> members) {
    this.members = Collections.unmodifiableMap(members);
  }

  /** An object with a copy of those members. */
  public static JsonObject of(Map<String, JsonValue> members) {
    return new JsonObject(new LinkedHashMap<>(members));
  }

  /** An object with those very members, which nobody else may have. */
  static JsonObject owning(Map<String, JsonValue> members) {
    return new JsonObject(members);
  }

  /** The members, in their order. */
  public Map<String, JsonValue> members() {
    return members;
  }

  /** The value of a member, if there is such a member. */
  public Optional<JsonValue> get(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** The text of a member; empty if there is no such member, or if it is no exact string. */
  public Optional<String> text(String name) {
    return get(name)
        .filter(JsonString.class::isInstance)
        .filter(JsonValue::isExact)
        .map(value -> ((JsonString) value).value());
  }

  /** An object that has of this one no other member than that, if it is there. */
  public JsonObject only(String name) {
    return of(get(name).map(value -> Map.of(name, value)).orElse(Map.of()));
  }

  @Override
  public boolean isExact() {
    return members.values().stream().allMatch(JsonValue::isExact);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject that && members.equals(that.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return members.entrySet().stream()
        .map(member -> JsonWriter.quote(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
