/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.config.ConfigReader;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether and where the public signing keys are shown: {@code jwks.*}.
 *
 * @param path the path inside the application
 * @param maxAge how long they may be kept by who fetched them
 */
record PublicationSettings(boolean isEnabled, String path, Duration maxAge) {

  private static final String ENABLED = "jwks.enabled";

  /** Key of the path. */
  static final String PATH = "jwks.path";

  private static final String MAX_AGE = "jwks.max-age";
  private static final String DEFAULT_PATH = "/oauth/jwks";
  private static final Pattern PLAIN_PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[\\w.~-]+)+");

  /**
   * Reads the settings.
   *
   * @param managesKeys whether there are keys to publish
   */
  static PublicationSettings read(ConfigReader config, boolean managesKeys) {
    boolean enabled = config.flag(ENABLED, managesKeys);
    String path = config.string(PATH, DEFAULT_PATH);
    if (!PLAIN_PATH.matcher(path).matches()) {
      config.problem(PATH, "must be a path that starts with /, of letters, digits and - . _ ~.");
    }
    if (!managesKeys) {
      List.of(ENABLED, PATH, MAX_AGE).stream()
          .filter(config::isSet)
          .forEach(key -> config.warn(key, "has no effect: there are no keys to publish."));
    }
    Duration maxAge = config.seconds(MAX_AGE, 300, 0, 86_400);
    return new PublicationSettings(enabled && managesKeys, path, maxAge);
  }
}
