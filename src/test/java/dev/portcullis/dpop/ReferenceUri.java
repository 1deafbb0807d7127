/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The normal form of a target URI, by the letter of RFC 3986: its expression of appendix B, its
 * algorithm of section 5.2.4. For comparison with {@link TargetUri}; shares nothing with it.
 */
final class ReferenceUri {

  private static final Pattern APPENDIX_B =
      Pattern.compile("(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\\?([^#]*))?(#(.*))?", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[^\\]@]*]|[^:@]+)(?::([^:@\\]]*))?", Pattern.DOTALL);
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})?");

  private ReferenceUri() {}

  static Optional<String> normalise(String uri) {
    Matcher parts = APPENDIX_B.matcher(uri);
    if (!parts.matches() || parts.group(2) == null || parts.group(4) == null) {
      return Optional.empty();
    }
    String scheme = lower(parts.group(2));
    Matcher authority = AUTHORITY.matcher(parts.group(4));
    if (!authority.matches()) {
      return Optional.empty();
    }
    String port = authority.group(2) == null ? "" : authority.group(2);
    String ownPort = scheme.equals("https") ? "443" : "80";
    String end = port.isEmpty() || port.equals(ownPort) ? "" : ":" + port;
    return path(parts.group(5))
        .map(path -> scheme + "://" + lower(authority.group(1)) + end + path);
  }

  /** The path of a URI with an authority: empty, or with a slash in front. */
  static Optional<String> path(String path) {
    Matcher escapes = ESCAPE.matcher(path);
    StringBuilder decoded = new StringBuilder();
    while (escapes.find()) {
      if (escapes.group(1) == null) {
        return Optional.empty();
      }
      String octet = Character.toString(Integer.parseInt(escapes.group(1), 16));
      boolean isUnreserved = octet.matches("[A-Za-z0-9._~-]");
      escapes.appendReplacement(decoded, isUnreserved ? octet : upper(escapes.group()));
    }
    escapes.appendTail(decoded);
    return Optional.of(decoded.isEmpty() ? "/" : withoutDots(decoded.toString()));
  }

  /** Section 5.2.4, steps 2A to 2E. */
  private static String withoutDots(String path) {
    String input = path;
    String output = "";
    while (!input.isEmpty()) {
      if (input.startsWith("../")) {
        input = input.substring(3);
      } else if (input.startsWith("./")) {
        input = input.substring(2);
      } else if (input.startsWith("/./")) {
        input = input.substring(2);
      } else if (input.equals("/.")) {
        input = "/";
      } else if (input.startsWith("/../")) {
        input = input.substring(3);
        output = output.substring(0, Math.max(0, output.lastIndexOf('/')));
      } else if (input.equals("/..")) {
        input = "/";
        output = output.substring(0, Math.max(0, output.lastIndexOf('/')));
      } else if (input.equals(".") || input.equals("..")) {
        input = "";
      } else {
        int end = input.indexOf('/', 1);
        String segment = end < 0 ? input : input.substring(0, end);
        output += segment;
        input = input.substring(segment.length());
      }
    }
    return output;
  }

  private static String lower(String text) {
    return letters(text, 'A', 'Z', 'a' - 'A');
  }

  private static String upper(String text) {
    return letters(text, 'a', 'z', 'A' - 'a');
  }

  /** Of the letters of ASCII, and of no others: RFC 3986 knows no others. */
  private static String letters(String text, char from, char to, int shift) {
    StringBuilder shifted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shifted.append(c >= from && c <= to ? (char) (c + shift) : c);
    }
    return shifted.toString();
  }
}
