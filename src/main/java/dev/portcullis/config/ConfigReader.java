/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import dev.portcullis.api.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads settings by key and type. A mistake is noted and a usable value returned, so that the next
 * settings can be read too; {@link #finish()} reports everything at once. For one thread, at start-up.
 */
public final class ConfigReader {

  /** Sources in order of precedence, the first that has a key wins. */
  public ConfigReader(List<PropertySource> sources) {
    throw new UnsupportedOperationException();
  }

  /** A text, if set. */
  public Optional<String> string(String key) {
    throw new UnsupportedOperationException();
  }

  /** A text, or that one if not set. */
  public String string(String key, String fallback) {
    throw new UnsupportedOperationException();
  }

  /** A secret, if set. Its value shows up nowhere. */
  public Optional<Secret> secret(String key) {
    throw new UnsupportedOperationException();
  }

  /** A truth value. */
  public boolean flag(String key, boolean fallback) {
    throw new UnsupportedOperationException();
  }

  /** A whole number between bounds, both included. */
  public int integer(String key, int fallback, int min, int max) {
    throw new UnsupportedOperationException();
  }

  /** Seconds, between bounds, both included. Another unit may be given as a suffix. */
  public Duration seconds(String key, long fallback, long min, long max) {
    throw new UnsupportedOperationException();
  }

  /** Milliseconds, between bounds, both included. Another unit may be given as a suffix. */
  public Duration millis(String key, long fallback, long min, long max) {
    throw new UnsupportedOperationException();
  }

  /** Seconds from -1 upwards, where -1 means that there is no limit: then nothing is returned. */
  public Optional<Duration> secondsOrUnlimited(String key) {
    throw new UnsupportedOperationException();
  }

  /** A list of texts, empty if not set. */
  public List<String> list(String key) {
    throw new UnsupportedOperationException();
  }

  /** A list of texts, or that one if not set. */
  public List<String> list(String key, List<String> fallback) {
    throw new UnsupportedOperationException();
  }

  /** One of the constants of an enum, written in kebab-case without regard to case. */
  public <E extends Enum<E>> E choice(String key, E fallback) {
    throw new UnsupportedOperationException();
  }

  /** The same with further spellings (lower case) for some constants. */
  public <E extends Enum<E>> E choice(String key, E fallback, Map<String, E> aliases) {
    throw new UnsupportedOperationException();
  }

  /** An absolute URL of one of those schemes, with a host, if set; that text is the problem if it is not. */
  public Optional<URI> url(String key, Set<String> schemes, String problem) {
    throw new UnsupportedOperationException();
  }

  /** The {@code <name>}s of all keys {@code <group>.<name>.…} that are set, in order. */
  public List<String> names(String group) {
    throw new UnsupportedOperationException();
  }

  /** All keys below {@code prefix} with their values, without the prefix; for settings of plug-ins. */
  public Map<String, String> below(String prefix) {
    throw new UnsupportedOperationException();
  }

  /** Notes a mistake in a setting. */
  public void problem(String key, String text) {
    throw new UnsupportedOperationException();
  }

  /** Notes that a setting is valid but deserves attention. */
  public void warn(String key, String text) {
    throw new UnsupportedOperationException();
  }

  /** Whether a mistake was noted for that key. */
  public boolean isFaulty(String key) {
    throw new UnsupportedOperationException();
  }

  /**
   * Ends reading: unknown keys are mistakes too.
   *
   * @throws InvalidConfigurationException if there is any mistake
   */
  public void finish() throws InvalidConfigurationException {
    throw new UnsupportedOperationException();
  }

  /** What was warned of, one line each. */
  public List<String> warnings() {
    throw new UnsupportedOperationException();
  }

  /** Every setting read, with its effective value; secrets are masked. In the order of reading. */
  public Map<String, String> effective() {
    throw new UnsupportedOperationException();
  }

  /** Every setting read, with type, default and what is allowed. In the order of reading. */
  public List<Setting> settings() {
    throw new UnsupportedOperationException();
  }
}
