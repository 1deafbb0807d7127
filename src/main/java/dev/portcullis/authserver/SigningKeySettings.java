/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.keys.KeyEntry;
import dev.portcullis.keys.KeyPairFile;
import dev.portcullis.keys.KeySettings;
import dev.portcullis.keys.UnusableFileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the keys that sign client assertions come from. Immutable. */
public sealed interface SigningKeySettings {

  /** Key of the setting that names the file. */
  String FILE = "client.signing-keys-file";

  /** Key of the setting that names the algorithm. */
  String ALGORITHM = "client.assertion-algorithm";

  /**
   * One key that the administrator has registered at the authorization server.
   *
   * @param keyPair where it comes from
   * @param first the key as it is there at the start
   * @param algorithm what it signs by, if that is set
   * @param id its identifier at the authorization server, if set
   */
  record Registered(
      KeyPairFile keyPair,
      RegisteredEntry first,
      Optional<SigningAlgorithm> algorithm,
      Optional<String> id)
      implements SigningKeySettings {

    /** Reads the key anew; empty if it cannot sign as is set. */
    Optional<RegisteredEntry> load() throws UnusableFileException {
      return SigningKeySettings.load(keyPair, algorithm, id);
    }
  }

  /**
   * What a file of a registered key holds.
   *
   * @param entry the key pair
   * @param key its key, ready to sign
   */
  record RegisteredEntry(KeyEntry entry, SigningKey key) {

    /** The same, signing by the first of those algorithms that the key can sign by. */
    RegisteredEntry by(List<SigningAlgorithm> preferred) {
      return new RegisteredEntry(entry, key.by(preferred));
    }
  }

  /**
   * Keys that are made here, and published.
   *
   * @param file where they are kept; in memory if nowhere
   * @param algorithm what they sign by, if that is set
   * @param rollInterval how long one signs; for good if empty
   * @param reloadInterval how often the file is looked at; zero for never
   */
  record Managed(
      Optional<Path> file,
      Optional<SigningAlgorithm> algorithm,
      Optional<Duration> rollInterval,
      Duration reloadInterval)
      implements SigningKeySettings {

    /** By itself, as in {@link dev.portcullis.json.JsonString}. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Managed managed && values().equals(managed.values());
    }

    @Override
    public int hashCode() {
      return values().hashCode();
    }

    private List<Object> values() {
      return List.of(file, algorithm, rollInterval, reloadInterval);
    }
  }

  /**
   * Reads the settings.
   *
   * @param keyPair the key pair that is named, if any
   */
  static SigningKeySettings read(
      ConfigReader config, KeySettings keys, Optional<KeyPairFile> keyPair) {
    Optional<SigningAlgorithm> algorithm = algorithm(config);
    Optional<String> id = config.string("client.signing-key-id");
    Managed managed = managed(config, algorithm, keys.reloadInterval());
    return keyPair
        .flatMap(pair -> registered(config, pair, algorithm, id))
        .<SigningKeySettings>map(key -> key)
        .orElse(managed);
  }

  /** Notes which of the settings have no effect. */
  static void warn(ConfigReader config, boolean signs, boolean isRegistered) {
    String reason =
        signs
            ? "has no effect when client.key-pair is set."
            : "has no effect unless client.credentials-type is private-key-jwt.";
    if (!signs || isRegistered) {
      List.of(FILE, "client.key-roll-enabled", "client.key-roll-interval").stream()
          .filter(config::isSet)
          .forEach(key -> config.warn(key, reason));
    }
    if (!signs && config.isSet(ALGORITHM)) {
      config.warn(ALGORITHM, reason);
    }
    if (config.isSet("client.signing-key-id") && !(signs && isRegistered)) {
      config.warn(
          "client.signing-key-id",
          "has no effect unless client.credentials-type is private-key-jwt and client.key-pair is"
              + " set.");
    }
  }

  private static Optional<SigningAlgorithm> algorithm(ConfigReader config) {
    Optional<String> name = config.string(ALGORITHM);
    Optional<SigningAlgorithm> algorithm = name.flatMap(SigningAlgorithm::ofSetting);
    if (name.isPresent() && algorithm.isEmpty()) {
      config.problem(ALGORITHM, "must be one of: " + SigningAlgorithm.names() + ".");
    }
    return algorithm;
  }

  private static Managed managed(
      ConfigReader config, Optional<SigningAlgorithm> algorithm, Duration reloadInterval) {
    Optional<Path> file = config.string(FILE).flatMap(text -> path(config, text));
    boolean rolls = config.flag("client.key-roll-enabled", true);
    Duration interval = config.hours("client.key-roll-interval", 24, 1, 8760);
    return new Managed(
        file, algorithm, rolls ? Optional.of(interval) : Optional.empty(), reloadInterval);
  }

  private static Optional<Path> path(ConfigReader config, String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      config.problem(FILE, "is not a path.");
      return Optional.empty();
    }
  }

  private static Optional<Registered> registered(
      ConfigReader config,
      KeyPairFile pair,
      Optional<SigningAlgorithm> algorithm,
      Optional<String> id) {
    try {
      Optional<RegisteredEntry> key = load(pair, algorithm, id);
      if (key.isEmpty()) {
        config.problem(
            ClientSettings.KEY_PAIR,
            "its key cannot sign by "
                + algorithm.map(SigningAlgorithm::id).orElse("any algorithm for assertions")
                + ".");
      }
      return key.map(good -> new Registered(pair, good, algorithm, id));
    } catch (UnusableFileException e) {
      return Optional.empty(); // noted where key pairs are read
    }
  }

  private static Optional<RegisteredEntry> load(
      KeyPairFile pair, Optional<SigningAlgorithm> algorithm, Optional<String> id)
      throws UnusableFileException {
    KeyEntry entry = pair.load();
    PublicKey publicKey = entry.certificate().getPublicKey();
    return algorithm
        .or(() -> SigningAlgorithm.usualFor(publicKey))
        .flatMap(known -> SigningKey.registered(entry.key(), publicKey, known, id))
        .map(key -> new RegisteredEntry(entry, key));
  }
}
