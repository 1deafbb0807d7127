/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import dev.portcullis.config.ConfigReader;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The trusted certificate groups and key pairs of the settings, by name, and how often their files
 * are looked at.
 *
 * @param groups all groups, that of this Java included
 * @param keyPairs all key pairs
 * @param reloadInterval how often files are looked at; zero for never
 */
public record KeySettings(
    Map<String, TrustGroup> groups, Map<String, KeyPairFile> keyPairs, Duration reloadInterval) {

  /** Copies the maps. */
  public KeySettings {
    groups = Map.copyOf(groups);
    keyPairs = Map.copyOf(keyPairs);
  }

  /** Reads {@code trust.*}, {@code key-pair.*} and {@code reload.interval}, files included. */
  public static KeySettings read(ConfigReader config, InstantSource clock) {
    return new KeySettings(
        groups(config), keyPairs(config, clock), config.seconds("reload.interval", 60, 0, 86_400));
  }

  private static Map<String, TrustGroup> groups(ConfigReader config) {
    Map<String, TrustGroup> groups = new LinkedHashMap<>();
    for (String name : config.names("trust")) {
      TrustGroup group = TrustGroup.read(config, name);
      if (name.equals(TrustGroup.JAVA)) {
        config.problem("trust." + name, "the name java is reserved.");
      } else {
        check(config, group);
        groups.put(name, group);
      }
    }
    groups.put(TrustGroup.JAVA, TrustGroup.ofJava());
    return groups;
  }

  private static void check(ConfigReader config, TrustGroup group) {
    try {
      group.trustManager();
    } catch (UnusableFileException e) {
      config.problem(e.key(), e.problem());
    }
  }

  private static Map<String, KeyPairFile> keyPairs(ConfigReader config, InstantSource clock) {
    Map<String, KeyPairFile> pairs = new LinkedHashMap<>();
    for (String name : config.names("key-pair")) {
      Optional<KeyPairFile> pair = KeyPairFile.read(config, name);
      pair.ifPresent(file -> check(config, file, clock));
      pair.ifPresent(file -> pairs.put(name, file));
    }
    return pairs;
  }

  private static void check(ConfigReader config, KeyPairFile pair, InstantSource clock) {
    try {
      pair.load().certificate().checkValidity(Date.from(clock.instant()));
    } catch (UnusableFileException e) {
      config.problem(e.key(), e.problem());
    } catch (CertificateException e) {
      config.warn(
          "key-pair." + pair.name() + ".file", "its certificate is expired or not yet valid.");
    }
  }
}
