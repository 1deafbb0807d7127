/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code spellings.txt}.
 *
 * @param text the request target as it stands there
 * @param target the request target as it is sent, a character for each octet
 */
record Spelling(String text, String target) {

  private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-f]{2})");

  /** What HTTP-01 wants refused, in front of query and fragment, as the list writes it. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "[^?#]*(?:%(?:2f|5c|[01][0-9a-f]|7f|zz|u|c0|e0%8)|\\\\x(?:5c|00|0b|7f)"
              + "|/(?:\\.|%2e){1,2}(?:;|%3b)|/(?:%2e|\\.%2e|%2e\\.|%2e%2e)/|/;).*",
          Pattern.CASE_INSENSITIVE);

  /** All of the list. */
  static List<Spelling> all() throws IOException {
    try (InputStream list = Spelling.class.getResourceAsStream("/spellings.txt")) {
      return new String(list.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("# "))
          .map(line -> of(line.split(" {2,}")[0]))
          .toList();
    }
  }

  /** Whether two readers could read it differently. */
  boolean isAmbiguous() {
    return AMBIGUOUS.matcher(text).matches();
  }

  /** The same for {@link GuardedWebapp#CACHED_VAULT}, where no letter hides what it is. */
  Spelling cached() {
    return new Spelling(text.replace("guarded", "cached"), target.replace("guarded", "cached"));
  }

  private static Spelling of(String text) {
    String target =
        ESCAPE
            .matcher(text)
            .replaceAll(
                octet ->
                    Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(octet.group(1), 16))));
    return new Spelling(text, target);
  }
}
