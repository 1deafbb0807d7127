/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

/**
 * Tells the operator what a proof should have said and what it says. What the client claims is
 * cleaned: nothing that may hold a secret (user information, parameters, query, fragment), nothing
 * that an eye or a terminal misreads, and not much of it.
 */
final class Difference {

  private static final int LONGEST_URI = 512;
  private static final int LONGEST_METHOD = 32;

  private Difference() {}

  static String ofMethods(String expected, String claimed) {
    return "htm: expected "
        + visible(expected, LONGEST_METHOD)
        + ", claimed "
        + visible(claimed, LONGEST_METHOD);
  }

  static String ofUris(String expected, String claimed) {
    return "htu: expected " + uri(expected) + ", claimed " + uri(claimed);
  }

  private static String uri(String text) {
    String start = text.substring(0, Math.min(text.length(), 2 * LONGEST_URI));
    return visible(withoutParameters(withoutUser(withoutQuery(start))), LONGEST_URI);
  }

  private static String withoutQuery(String uri) {
    int end = 0;
    while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
      end++;
    }
    return uri.substring(0, end);
  }

  private static String withoutUser(String uri) {
    int scheme = uri.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + 3;
    int slash = uri.indexOf('/', start);
    int at = uri.lastIndexOf('@', slash < 0 ? uri.length() : slash);
    return at >= start ? uri.substring(0, start) + uri.substring(at + 1) : uri;
  }

  private static String withoutParameters(String uri) {
    StringBuilder kept = new StringBuilder(uri.length());
    boolean isParameter = false;
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      isParameter = c == ';' || (isParameter && c != '/');
      if (!isParameter) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  /** Visible ASCII as it is, anything else as a question mark: neither has a place in a URI. */
  private static String visible(String text, int longest) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length() && i < longest; i++) {
      char c = text.charAt(i);
      shown.append(c > ' ' && c < 0x7f ? c : '?');
    }
    return text.length() > longest ? shown.append("...").toString() : shown.toString();
  }
}
