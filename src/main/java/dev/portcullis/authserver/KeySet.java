/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.json.JsonArray;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonValue;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * The public keys of the authorization server (RFC 7517 section 5), of its JWK set those that can
 * verify a signature; what else is in there is passed over, one by one. Immutable.
 */
public final class KeySet {

  /** The set before there is one. */
  static final KeySet NONE = new KeySet(List.of());

  private final List<VerificationKey> keys;

  private KeySet(List<VerificationKey> keys) {
    this.keys = keys;
  }

  /** Reads a JWK set; empty if it has no array {@code keys}. */
  public static Optional<KeySet> of(JsonObject document) {
    return document.get("keys").filter(JsonArray.class::isInstance).map(KeySet::usable);
  }

  private static KeySet usable(JsonValue array) {
    return new KeySet(
        ((JsonArray) array)
            .values().stream().map(VerificationKey::of).flatMap(Optional::stream).toList());
  }

  /** How many keys can be used. */
  int size() {
    return keys.size();
  }

  /**
   * The keys that may have made a signature. One {@code kid} can stand for several keys; type, use
   * and algorithm tell which is meant.
   *
   * @param kid what the signature says of its key, if anything
   */
  public List<PublicKey> keysFor(SigningAlgorithm algorithm, Optional<String> kid) {
    return keys.stream()
        .filter(key -> key.mayHaveSigned(algorithm, kid))
        .map(VerificationKey::key)
        .toList();
  }

  /** Shows how many there are. */
  @Override
  public String toString() {
    return "KeySet[" + keys.size() + "]";
  }
}
