/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One field line of {@code WWW-Authenticate}, read strictly: one challenge, quoted values without
 * escapes, no parameter twice.
 */
record ParsedChallenge(String scheme, Map<String, String> parameters) {

  private static final String VALUE = "[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*";
  private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"(" + VALUE + ")\"");
  private static final Pattern LINE =
      Pattern.compile("(Bearer|DPoP) (" + PARAMETER + "(?:, " + PARAMETER + ")*)");

  static ParsedChallenge of(String line) {
    Matcher whole = LINE.matcher(line);
    if (!whole.matches()) {
      throw new AssertionError("not one challenge with parameters: " + line);
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(whole.group(2));
    while (parameter.find()) {
      if (parameters.put(parameter.group(1), parameter.group(2)) != null) {
        throw new AssertionError("twice " + parameter.group(1) + ": " + line);
      }
    }
    return new ParsedChallenge(whole.group(1), parameters);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
