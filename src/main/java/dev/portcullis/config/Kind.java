/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import dev.portcullis.api.Secret;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind of value.
 *
 * @param type its name
 * @param allowed what it accepts, as text
 * @param grammar makes the value of a text that is not empty and has no white space around it
 * @param printer makes the text of a value
 */
record Kind<T>(String type, String allowed, Grammar<T> grammar, Function<T, String> printer) {

  /** Makes a value of its text. */
  interface Grammar<T> {

    /** The value. */
    T parse(String text) throws UnreadableValueException;
  }

  static final Kind<String> STRING = new Kind<>("string", "", text -> text, text -> text);

  static final Kind<Secret> SECRET = new Kind<>("secret", "", Secret::of, Secret::toString);

  /** A secret; that text is the problem with one that does not suit. */
  static Kind<Secret> secret(Predicate<String> suits, String problem) {
    return new Kind<>(
        SECRET.type(),
        SECRET.allowed(),
        text -> {
          if (!suits.test(text)) {
            throw new UnreadableValueException(problem);
          }
          return Secret.of(text);
        },
        Secret::toString);
  }

  static final Kind<Boolean> BOOLEAN =
      new Kind<>("boolean", "true, false", Kind::parseBoolean, String::valueOf);

  static final Kind<List<String>> LIST =
      new Kind<>("list", "", Kind::parseList, items -> String.join(", ", items));

  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");
  private static final Pattern OCTETS = Pattern.compile("(-?[0-9]+)([kmgKMG]?)");
  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

  /** A number without a unit. */
  static Kind<Long> integer(Range range) {
    return new Kind<>(
        "integer",
        range.toString(),
        text -> {
          if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new UnreadableValueException("must be a whole number.");
          }
          return range.check(new BigInteger(text), "");
        },
        String::valueOf);
  }

  /** A number of octets, or of so many times 1024 of them. */
  static Kind<Long> octets(Range range) {
    return new Kind<>(
        "octets",
        range.toString(),
        text -> range.check(countOctets(text), "octets"),
        String::valueOf);
  }

  /** A number of seconds, or whatever the unit is. */
  static Kind<Long> time(TimeUnit unit, Range range) {
    return new Kind<>(
        unit.word(),
        range.toString(),
        text -> range.check(unit.count(text), unit.word()),
        String::valueOf);
  }

  /** A constant of an enum. */
  static <E extends Enum<E>> Kind<E> choice(Class<E> type, Map<String, E> aliases) {
    Map<String, E> words = new LinkedHashMap<>();
    Arrays.stream(type.getEnumConstants()).forEach(constant -> words.put(word(constant), constant));
    String allowed = String.join(", ", words.keySet());
    words.putAll(aliases);
    return new Kind<>(
        "enum",
        allowed,
        text -> {
          E constant = words.get(text.toLowerCase(Locale.ROOT));
          if (constant == null) {
            throw new UnreadableValueException("must be one of: " + allowed + ".");
          }
          return constant;
        },
        Kind::word);
  }

  /** An absolute URL; that text is the problem with any other value. */
  static Kind<URI> url(Set<String> schemes, String problem) {
    return new Kind<>(
        "url",
        String.join(", ", schemes.stream().sorted().toList()),
        text -> AbsoluteUrl.parse(text, schemes, problem),
        URI::toString);
  }

  /** Whether values must not be seen. */
  boolean isConfidential() {
    return type.equals(SECRET.type());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static BigInteger countOctets(String text) throws UnreadableValueException {
    Matcher quantity = OCTETS.matcher(text);
    if (!quantity.matches()) {
      throw new UnreadableValueException(
          "must be a whole number, optionally with a unit: k, m, g.");
    }
    int power = List.of("", "k", "m", "g").indexOf(quantity.group(2).toLowerCase(Locale.ROOT));
    return new BigInteger(quantity.group(1)).shiftLeft(10 * power);
  }

  private static Boolean parseBoolean(String text) throws UnreadableValueException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "on", "yes" -> true;
      case "false", "off", "no" -> false;
      default -> throw new UnreadableValueException("must be true or false.");
    };
  }

  private static List<String> parseList(String text) {
    return SEPARATOR.splitAsStream(text).filter(item -> !item.isEmpty()).distinct().toList();
  }
}
