/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.testing.Choices;
import java.util.Locale;

/** Makes up other spellings of a URI, of which some are the same URI and some are not. */
final class MadeUpUri {

  private MadeUpUri() {}

  /** The same with one or more changes. */
  static String respelt(String uri, Choices choices) {
    String changed = uri;
    for (int i = 1 + choices.below(3); i > 0; i--) {
      changed = changed(changed, choices);
    }
    return changed;
  }

  private static String changed(String uri, Choices choices) {
    int path = pathOf(uri);
    String origin = uri.substring(0, path);
    String rest = uri.substring(path);
    return switch (choices.below(16)) {
      case 0 -> origin.toUpperCase(Locale.ROOT) + rest;
      case 1 -> origin + choices.of(":443", ":", ":80", ":8443", ":0443", ":99999", ":x") + rest;
      case 2 -> escapeOne(origin, rest, choices);
      case 3 -> origin + choices.of("/x/..", "/.", "/..", "//", "/%2e", "/%2E%2e") + rest;
      case 4 -> uri + choices.of("?x=1", "#f", "?#", "?", "#", "%3Fx=1", "%23");
      case 5 -> uri + choices.of("/", "/.", "/..", "/./", ";v=1", "%2F", "%25", "%", "%zz", "%4");
      case 6 -> uri.replaceFirst("://", choices.of("://u:p@", "://u@", ":/", ":///", "//", "://."));
      case 7 -> uri.replaceFirst("^[a-z]+", choices.of("HTTPS", "http", "ftp", "", "a/b", "h s"));
      case 8 -> uri.replaceFirst("k", choices.of("\u212a", "K", "%6B", "%4B"));
      case 9 -> uri.replaceFirst("i", choices.of("\u0130", "I", "\u0131", "%69"));
      case 10 -> origin + rest.toUpperCase(Locale.ROOT);
      case 11 -> origin + "@evil.example" + rest;
      case 12 -> origin + choices.of(".", ".example", "%2Eexample", "\\", " ") + rest;
      case 13 -> insert(uri, choices.text(6), choices);
      case 14 ->
          insert(uri, choices.of("/", ".", "%", "\u0000", "\u00e9", "~", "%7e", "\\"), choices);
      default -> choices.text(64);
    };
  }

  /** One character of the path as an escape. */
  private static String escapeOne(String origin, String path, Choices choices) {
    if (path.isEmpty()) {
      return origin;
    }
    int at = choices.below(path.length());
    String escape = choices.of("%%%02x", "%%%02X").formatted(path.charAt(at) & 0xff);
    return origin + path.substring(0, at) + escape + path.substring(at + 1);
  }

  private static String insert(String uri, String text, Choices choices) {
    int at = choices.below(uri.length() + 1);
    return uri.substring(0, at) + text + uri.substring(at);
  }

  private static int pathOf(String uri) {
    int authority = uri.indexOf("//");
    int path = authority < 0 ? -1 : uri.indexOf('/', authority + 2);
    return path < 0 ? uri.length() : path;
  }
}
