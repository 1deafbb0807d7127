/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import dev.portcullis.config.ConfigReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The trusted certificate groups and key pairs of the settings, by name, and how often their files
 * are looked at.
 *
 * @param groups all groups, that of this Java included
 * @param keyPairs all key pairs; nothing for one that has no file
 * @param reloadInterval how often files are looked at; zero for never
 */
public record KeySettings(
    Map<String, TrustGroup> groups,
    Map<String, Optional<KeyPairFile>> keyPairs,
    Duration reloadInterval) {

  private static final long LONGEST_INTERVAL = 86_400;

  /** Copies the maps. */
  public KeySettings {
    groups = Map.copyOf(groups);
    keyPairs = Map.copyOf(keyPairs);
  }

  /** Reads {@code trust.*}, {@code key-pair.*} and {@code reload.interval}, files included. */
  public static KeySettings read(ConfigReader config) {
    return new KeySettings(
        groups(config),
        keyPairs(config),
        config.seconds("reload.interval", 60, 0, LONGEST_INTERVAL));
  }

  /** The trusted certificate group of that name. */
  public Optional<TrustGroup> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  /** The key pair of that name, if it has a file. */
  public Optional<KeyPairFile> keyPair(String name) {
    return keyPairs.getOrDefault(name, Optional.empty());
  }

  /** Whether there is a key pair of that name, rightly set or not. */
  public boolean hasKeyPair(String name) {
    return keyPairs.containsKey(name);
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
      X509ExtendedTrustManager unused = group.trustManager();
    } catch (UnusableFileException e) {
      config.problem(e.key(), e.problem());
    }
  }

  private static Map<String, Optional<KeyPairFile>> keyPairs(ConfigReader config) {
    Map<String, Optional<KeyPairFile>> pairs = new LinkedHashMap<>();
    for (String name : config.names("key-pair")) {
      Optional<KeyPairFile> pair = KeyPairFile.read(config, name);
      pair.ifPresent(file -> check(config, file));
      pairs.put(name, pair);
    }
    return pairs;
  }

  private static void check(ConfigReader config, KeyPairFile pair) {
    try {
      KeyEntry unused = pair.load();
    } catch (UnusableFileException e) {
      config.problem(e.key(), e.problem());
    }
  }
}
