/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One challenge of a {@code WWW-Authenticate} field (RFC 9110 section 11.6.1, RFC 6750 section 3):
 * a scheme and its parameters, each of them once. Values need no escaping since characters that
 * would are refused. Immutable.
 */
public final class Challenge {

  private final AuthScheme scheme;
  private final Map<String, String> parameters;
  private final String text;

  /**
   * Makes a challenge.
   *
   * @throws IllegalArgumentException if a value has a character outside {@link #isPermitted}
   */
  public Challenge(AuthScheme scheme, Map<String, String> parameters) {
    if (!parameters.values().stream().allMatch(Challenge::isPermitted)) {
      throw new IllegalArgumentException("a challenge parameter has a forbidden character");
    }
    this.scheme = scheme;
    this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    this.text = text(scheme, parameters);
  }

  /** Whether a text may stand in a parameter: {@code %x20-21 / %x23-5B / %x5D-7E}. */
  public static boolean isPermitted(String value) {
    return value.chars().allMatch(c -> c >= 0x20 && c <= 0x7e && c != '"' && c != '\\');
  }

  /** The scheme. */
  public AuthScheme scheme() {
    return scheme;
  }

  /** The parameters, in the order in which they are written. */
  public Map<String, String> parameters() {
    return parameters;
  }

  private static String text(AuthScheme scheme, Map<String, String> parameters) {
    StringBuilder text = new StringBuilder(scheme.toString());
    String separator = " ";
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      text.append(separator).append(parameter.getKey());
      text.append("=\"").append(parameter.getValue()).append('"');
      separator = ", ";
    }
    return text.toString();
  }

  /** The challenge as a field value. */
  @Override
  public String toString() {
    return text;
  }
}
