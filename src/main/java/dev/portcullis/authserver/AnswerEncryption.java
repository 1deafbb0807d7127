/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.keys.KeyPairFile;
import dev.portcullis.keys.KeySettings;
import dev.portcullis.keys.UnusableFileException;
import java.util.List;
import java.util.Optional;

/**
 * How introspection answers are encrypted (RFC 9701 section 5): one way and no other. Only ways for
 * which the server needs no secret of ours are there, and none that can be broken by asking (RSA
 * PKCS #1 v1.5) or made to cost time at will (PBES2). Immutable.
 *
 * @param algorithm {@code alg} of the answer
 * @param method {@code enc} of the answer
 * @param keyPair where the key comes from
 * @param key the key as it is there at the start
 */
public record AnswerEncryption(
    String algorithm, String method, KeyPairFile keyPair, DecryptionKey key) {

  /** Key of the setting that names the key pair. */
  public static final String KEY_PAIR = "client.decryption-key-pair";

  /** Key of the setting that names the key management algorithm. */
  public static final String ALGORITHM = "as.introspection-encryption-algorithm";

  /** Key of the setting that names the content encryption algorithm. */
  public static final String METHOD = "as.introspection-encryption-method";

  private static final List<String> ALGORITHMS =
      List.of(
          "RSA-OAEP",
          "RSA-OAEP-256",
          "ECDH-ES",
          "ECDH-ES+A128KW",
          "ECDH-ES+A192KW",
          "ECDH-ES+A256KW");
  private static final List<String> METHODS =
      List.of("A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512");

  /** Reads the settings; empty if answers are not encrypted. */
  static Optional<AnswerEncryption> read(ConfigReader config, KeySettings keys) {
    Optional<String> name = config.string(KEY_PAIR);
    Optional<String> algorithm = oneOf(config, ALGORITHM, ALGORITHMS);
    Optional<String> method = oneOf(config, METHOD, METHODS);
    List<String> all = List.of(KEY_PAIR, ALGORITHM, METHOD);
    Optional<String> set = all.stream().filter(config::isSet).findFirst();
    set.ifPresent(
        other ->
            all.stream()
                .filter(key -> !config.isSet(key))
                .forEach(key -> config.problem(key, "must be set together with " + other + ".")));
    if (name.isPresent() && !keys.hasKeyPair(name.get())) {
      config.problem(KEY_PAIR, "no key pair named '" + name.get() + "'.");
    }
    Optional<KeyPairFile> pair = name.flatMap(keys::keyPair);
    return algorithm.flatMap(
        alg ->
            method.flatMap(enc -> pair.flatMap(keyPair -> encryption(config, alg, enc, keyPair))));
  }

  private static Optional<AnswerEncryption> encryption(
      ConfigReader config, String algorithm, String method, KeyPairFile pair) {
    try {
      Optional<DecryptionKey> key = DecryptionKey.of(pair, algorithm);
      if (key.isEmpty()) {
        config.problem(KEY_PAIR, "its key cannot decrypt by " + algorithm + ".");
      }
      return key.map(good -> new AnswerEncryption(algorithm, method, pair, good));
    } catch (UnusableFileException e) {
      return Optional.empty(); // noted where key pairs are read
    }
  }

  private static Optional<String> oneOf(ConfigReader config, String key, List<String> names) {
    Optional<String> name = config.string(key);
    if (name.isPresent() && !names.contains(name.get())) {
      config.problem(key, "must be one of: " + String.join(", ", names) + ".");
    }
    return name.filter(names::contains);
  }
}
