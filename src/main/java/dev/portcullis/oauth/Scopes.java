/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/**
 * A set of scope tokens in the order in which they were listed: {@code scope} of RFC 6749 section
 * 3.3. Case-sensitive. Immutable.
 */
public record Scopes(Set<String> values) {

  private static final Pattern TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  /** No scope at all. */
  public static final Scopes NONE = new Scopes(Set.of());

  /** Copies the scope tokens, keeping their order. */
  public Scopes {
    values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }

  /** Reads a list separated by spaces; surplus spaces do no harm. */
  public static Scopes parse(String list) {
    Set<String> values = new LinkedHashSet<>();
    for (StringTokenizer tokens = new StringTokenizer(list, " "); tokens.hasMoreTokens(); ) {
      values.add(tokens.nextToken());
    }
    return new Scopes(values);
  }

  /** A set of the scope tokens given. */
  public static Scopes of(Collection<String> values) {
    return new Scopes(new LinkedHashSet<>(values));
  }

  /** Whether a text is one scope token. */
  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** Whether every one of those scopes is here. */
  public boolean containsAll(Scopes needed) {
    return values.containsAll(needed.values);
  }

  /** Whether at least one of those scopes is here. */
  public boolean containsAny(Scopes needed) {
    return !Collections.disjoint(values, needed.values);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The list as it goes over the wire: separated by single spaces. */
  @Override
  public String toString() {
    return String.join(" ", values);
  }
}
