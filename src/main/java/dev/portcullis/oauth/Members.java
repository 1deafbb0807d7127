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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The members of an answer that something is decided by, each of the type that RFC 7662 section 2.2
 * gives it, or of another that can mean nothing else.
 *
 * @param object the answer, or what holds the members
 */
public record Members(JsonObject object) {

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");

  /** A boolean that must be there. */
  boolean flag(String name) throws ClaimException {
    Optional<JsonValue> member = object.get(name);
    if (member.isPresent() && member.get() instanceof JsonLiteral literal && literal.isBoolean()) {
      return literal == JsonLiteral.TRUE;
    }
    throw ClaimException.ofType(name);
  }

  /** A text. */
  Optional<String> text(String name) throws ClaimException {
    Optional<JsonValue> member = object.get(name);
    return member.isEmpty() ? Optional.empty() : Optional.of(text(member.get(), name));
  }

  /** A text without the white space around it; none if that is all. */
  Optional<String> word(String name) throws ClaimException {
    return text(name).map(String::strip).filter(word -> !word.isEmpty());
  }

  /** A text, or a number as it is written: many servers number their users and clients. */
  Optional<String> name(String name) throws ClaimException {
    Optional<JsonValue> member = object.get(name);
    return member.isPresent() && member.get() instanceof JsonNumber number
        ? Optional.of(number.literal())
        : text(name);
  }

  /** A text or an array of texts. */
  Optional<Set<String>> texts(String name) throws ClaimException {
    Optional<JsonValue> member = object.get(name);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    Set<String> texts = new LinkedHashSet<>();
    List<JsonValue> values =
        member.get() instanceof JsonArray array ? array.values() : List.of(member.get());
    for (JsonValue value : values) {
      texts.add(text(value, name));
    }
    return Optional.of(texts);
  }

  /** Seconds since the epoch: a finite number, or 1 to 15 digits as a text. */
  public Optional<JsonNumber> time(String name) throws ClaimException {
    Optional<JsonValue> member = object.get(name);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    if (member.get() instanceof JsonNumber number && number.isFinite()) {
      return Optional.of(number);
    }
    if (member.get() instanceof JsonString text && DIGITS.matcher(text.value()).matches()) {
      return Optional.of(new JsonNumber(Long.toString(Long.parseLong(text.value()))));
    }
    throw ClaimException.ofType(name);
  }

  private static String text(JsonValue value, String name) throws ClaimException {
    if (value instanceof JsonString string) {
      return string.value();
    }
    throw ClaimException.ofType(name);
  }

  /** Shows no member. */
  @Override
  public String toString() {
    return "Members[" + object.members().size() + "]";
  }
}
