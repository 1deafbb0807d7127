/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The media types of a {@code Content-Type} (RFC 9110 section 8.3.1), without their parameters. It
 * should be one; some servers send the field twice, and then its lines are one list (section 5.3).
 */
public final class MediaTypes {

  private MediaTypes() {}

  /**
   * Whether there is a type, and all there are, are among those.
   *
   * @param contentType the field as it came
   * @param wanted media types in lower case
   */
  public static boolean areAll(Optional<String> contentType, Set<String> wanted) {
    return contentType.isPresent() && wanted.containsAll(all(contentType.get()));
  }

  private static List<String> all(String field) {
    List<String> types = new ArrayList<>();
    int start = 0;
    for (int end = commaFrom(field, start); end < field.length(); end = commaFrom(field, start)) {
      types.add(type(field.substring(start, end)));
      start = end + 1;
    }
    types.add(type(field.substring(start)));
    return types;
  }

  /** The next comma that is not within a quoted string, or the end. */
  private static int commaFrom(String field, int start) {
    boolean isQuoted = false;
    for (int i = start; i < field.length(); i++) {
      char c = field.charAt(i);
      if (isQuoted && c == '\\') {
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == ',' && !isQuoted) {
        return i;
      }
    }
    return field.length();
  }

  private static String type(String element) {
    int end = element.indexOf(';');
    return (end < 0 ? element : element.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
