/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern over the decoded path inside the application: {@code /exact}, {@code /prefix/*} or
 * {@code *.ext}, as in {@code web.xml}. Ordered from the most specific: exact, longest prefix,
 * extension.
 */
record PathPattern(Kind kind, String text) implements Comparable<PathPattern> {

  private static final Pattern ESCAPES = Pattern.compile("(?:%[0-9a-fA-F]{2})+");

  /** The kinds of pattern, the most specific first. */
  enum Kind {
    EXACT,
    PREFIX,
    EXTENSION
  }

  /** Whether a text is a pattern. */
  static boolean isValid(String pattern) {
    boolean extension = pattern.startsWith("*.") && pattern.length() > 2;
    String rest = extension ? pattern.substring(2) : pattern.replaceFirst("/\\*$", "");
    return (extension ? rest.indexOf('/') < 0 : pattern.startsWith("/")) && rest.indexOf('*') < 0;
  }

  /**
   * What stands for a pattern among decoded paths: containers decode escapes, drop parameters and
   * dot segments and join slashes before anything is compared. A pattern that is another one here
   * matches nothing as it is.
   */
  static String decoded(String pattern) {
    String text = pattern.replaceFirst("[?].*$", "").replaceAll(";[^/]*", "");
    text = ESCAPES.matcher(text).replaceAll(found -> Matcher.quoteReplacement(octets(found)));
    text = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "").replace('\\', '/').replaceAll("/{2,}", "/");
    String before;
    do {
      before = text;
      text =
          text.replaceFirst("/\\.(?=/|$)", text.endsWith("/.") ? "/" : "")
              .replaceFirst("(?:^|/(?!\\.\\.?/)[^/*]+)/\\.\\.(?=/|$)", "")
              .replaceAll("/{2,}", "/");
    } while (!text.equals(before));
    return text.isEmpty() ? "/" : text;
  }

  private static String octets(MatchResult escapes) {
    byte[] octets = HexFormat.of().parseHex(escapes.group().replace("%", ""));
    return new String(octets, StandardCharsets.UTF_8);
  }

  static PathPattern parse(String pattern) {
    if (pattern.startsWith("*.")) {
      return new PathPattern(Kind.EXTENSION, pattern.substring(1));
    }
    return pattern.endsWith("/*")
        ? new PathPattern(Kind.PREFIX, pattern.substring(0, pattern.length() - 2))
        : new PathPattern(Kind.EXACT, pattern);
  }

  boolean matches(String path) {
    return switch (kind) {
      case EXACT -> path.equals(text);
      case PREFIX ->
          path.startsWith(text)
              && (path.length() == text.length() || path.charAt(text.length()) == '/');
      case EXTENSION -> path.indexOf(text, path.lastIndexOf('/') + 1) >= 0 && path.endsWith(text);
    };
  }

  @Override
  public int compareTo(PathPattern other) {
    return kind == other.kind ? other.text.length() - text.length() : kind.compareTo(other.kind);
  }
}
