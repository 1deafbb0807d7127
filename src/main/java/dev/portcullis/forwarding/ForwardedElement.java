/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one proxy says of the request that it received: one element of {@code Forwarded} (RFC 7239
 * section 4). Immutable.
 *
 * @param isReadable whether it can be read at all
 * @param client {@code for}: the address that the request came from, without port
 * @param scheme {@code proto}
 * @param host {@code host}, with its port if it has one
 */
record ForwardedElement(
    boolean isReadable, Optional<String> client, Optional<String> scheme, Optional<String> host) {

  /** What a proxy says that says nothing. */
  static final ForwardedElement NOTHING =
      new ForwardedElement(true, Optional.empty(), Optional.empty(), Optional.empty());

  /** What breaks the grammar. */
  static final ForwardedElement UNREADABLE =
      new ForwardedElement(false, Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * The elements of all lines, in order; one that breaks the grammar is not readable. Nor is a line
   * that ends within quotes: a client may have opened them, to make what its proxy adds a part of
   * its own element.
   */
  static List<ForwardedElement> parse(List<String> lines) {
    List<ForwardedElement> elements = new ArrayList<>();
    for (String line : lines) {
      if (split(line, ',').stream().anyMatch(ForwardedElement::isOpen)) {
        elements.add(UNREADABLE);
      } else {
        split(line, ',').forEach(element -> elements.add(element(element)));
      }
    }
    return elements;
  }

  private static boolean isOpen(String part) {
    boolean isQuoted = false;
    for (int i = 0; i < part.length(); i++) {
      if (part.charAt(i) == '"') {
        isQuoted = !isQuoted;
      } else if (isQuoted && part.charAt(i) == '\\') {
        i++;
      }
    }
    return isQuoted;
  }

  private static ForwardedElement element(String text) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : split(text, ';')) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (name.isEmpty() || pairs.put(name, unquote(pair.substring(equals + 1).strip())) != null) {
        return UNREADABLE;
      }
    }
    return new ForwardedElement(
        true,
        Optional.ofNullable(pairs.get("for")).map(ForwardedElement::withoutPort),
        Optional.ofNullable(pairs.get("proto")),
        Optional.ofNullable(pairs.get("host")));
  }

  /** An address without its port, an IPv6 address without its brackets. */
  static String withoutPort(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end < 0 ? node : node.substring(1, end);
    }
    int colon = node.indexOf(':');
    return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
  }

  private static String unquote(String value) {
    boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return isQuoted ? value.substring(1, value.length() - 1).replace("\\", "") : value;
  }

  /** At each such character outside of quotes. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean isQuoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == '\\' && isQuoted) {
        i++; // it quotes the next one
      } else if (c == separator && !isQuoted) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    parts.removeIf(String::isEmpty);
    return parts;
  }
}
