/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.access.AccessSettings.Usage;
import dev.portcullis.api.Reason;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertySource;
import dev.portcullis.dpop.DpopSettings;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** Settings and requests of the tests here. */
final class Access {

  static final String ISSUER = "https://as.example.com";

  private Access() {}

  /** Reads settings, keys and values in turn, that must be right. */
  static <T> T read(Function<ConfigReader, T> part, String... keysAndValues) {
    ConfigReader reader = reader(keysAndValues);
    T settings = part.apply(reader);
    try {
      reader.finish();
    } catch (InvalidConfigurationException e) {
      throw new AssertionError(e);
    }
    return settings;
  }

  /** What is wrong with settings. */
  static List<String> problems(Function<ConfigReader, ?> part, String... keysAndValues) {
    ConfigReader reader = reader(keysAndValues);
    Object ignored = part.apply(reader);
    return Assertions.assertThrows(InvalidConfigurationException.class, reader::finish).problems();
  }

  /** What is wrong with settings, if anything is. */
  static List<String> mistakes(String... keysAndValues) {
    ConfigReader reader = reader(keysAndValues);
    Object ignored = accessSettings(reader, Optional.empty());
    try {
      reader.finish();
      return List.of();
    } catch (InvalidConfigurationException e) {
      return e.problems();
    }
  }

  static AccessSettings settings(String... keysAndValues) {
    return read(reader -> accessSettings(reader, Optional.of(ISSUER)), keysAndValues);
  }

  static AccessSettings accessSettings(ConfigReader reader, Optional<String> issuer) {
    return AccessSettings.read(
        reader,
        issuer,
        new Usage(DpopSettings.Type.OFF, DpopSettings.TYPE, Optional.empty(), 16_384),
        false);
  }

  static ResourceRequest request(String method, String path) {
    return request(method, path, Optional.empty());
  }

  static ResourceRequest request(String method, String path, Optional<X509Certificate> client) {
    return new ResourceRequest(
        method,
        path,
        Optional.empty(),
        "",
        path,
        List.of(),
        List.of(),
        new Connection(true, "127.0.0.1", "https", "api.example.com", 443, client));
  }

  static void assertRefused(OAuthError error, Reason reason, String setting, Executable check) {
    RefusedException refusal = Assertions.assertThrows(RefusedException.class, check);
    Assertions.assertEquals(Optional.of(error), refusal.error());
    Assertions.assertEquals(reason, refusal.reason());
    Assertions.assertEquals(setting, refusal.setting());
  }

  private static ConfigReader reader(String... keysAndValues) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ConfigReader(List.of(PropertySource.of(settings)));
  }
}
