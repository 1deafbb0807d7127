/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import dev.portcullis.json.JsonArray;
import dev.portcullis.json.JsonLiteral;
import dev.portcullis.json.JsonNumber;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names an attribute of an introspection response: a member of exactly that name, else the way down
 * through nested objects with a dot between two names. Immutable.
 */
public record AttributePath(String name) {

  private static final Pattern DOT = Pattern.compile("\\.");

  /** By itself, as in {@link dev.portcullis.json.JsonString}. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AttributePath path && name.equals(path.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** Whether a text can be a path: no part of it is empty. */
  public static boolean isValid(String name) {
    return !("." + name + ".").contains("..");
  }

  /** The attribute as one text: of an array the first element; objects and null are absent. */
  public Optional<String> textIn(TokenInfo info) {
    return find(info.response()).flatMap(AttributePath::first);
  }

  /** The attribute as a list: an array's elements, or a text split at white space. */
  public List<String> listIn(TokenInfo info) {
    Optional<JsonValue> found = find(info.response());
    if (found.isPresent() && found.get() instanceof JsonArray array) {
      return array.values().stream().flatMap(value -> scalar(value).stream()).toList();
    }
    return found.flatMap(AttributePath::scalar).map(AttributePath::words).orElse(List.of());
  }

  /** Whether the attribute, if it is there, could be read as it is written. */
  boolean isExactIn(JsonObject response) {
    return find(response).map(JsonValue::isExact).orElse(true);
  }

  private Optional<JsonValue> find(JsonObject response) {
    Optional<JsonValue> exact = response.get(name);
    return exact.isPresent() || name.indexOf('.') < 0 ? exact : descend(response);
  }

  private Optional<JsonValue> descend(JsonObject response) {
    Optional<JsonValue> here = Optional.of(response);
    for (String part : DOT.split(name, -1)) {
      here = here.flatMap(value -> value instanceof JsonObject o ? o.get(part) : Optional.empty());
    }
    return here;
  }

  private static Optional<String> first(JsonValue value) {
    if (value instanceof JsonArray array) {
      return array.values().stream().findFirst().flatMap(AttributePath::scalar);
    }
    return scalar(value);
  }

  private static Optional<String> scalar(JsonValue value) {
    if (value instanceof JsonString string) {
      return Optional.of(string.value());
    }
    boolean isText =
        value instanceof JsonNumber || (value instanceof JsonLiteral l && l.isBoolean());
    return isText ? Optional.of(value.toString()) : Optional.empty();
  }

  private static List<String> words(String text) {
    StringTokenizer words = new StringTokenizer(text);
    return Stream.generate(words::nextToken).limit(words.countTokens()).toList();
  }
}
