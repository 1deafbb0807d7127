/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The signing keys of a client: the one in use, the one after it, and the one before it. All three
 * are published, so that the authorization server has seen a key before it signs and still knows
 * one that has just retired. Immutable; prints no key.
 *
 * @param next the key that is used after the next roll
 * @param current the key that signs
 * @param previous the key that signed before the last roll
 * @param since when the current key came into use
 */
record KeyGenerations(
    SigningKey next, SigningKey current, Optional<SigningKey> previous, Instant since) {

  private static final String KEYS = "keys";
  private static final String SINCE = "since";
  private static final int MOST = 3;

  /** New keys. */
  static KeyGenerations begin(SigningAlgorithm algorithm, Instant now) {
    return new KeyGenerations(
        SigningKey.generate(algorithm), SigningKey.generate(algorithm), Optional.empty(), now);
  }

  /** One generation further. */
  KeyGenerations roll(Instant now) {
    SigningKey made = SigningKey.generate(current.algorithm());
    return new KeyGenerations(made, next, Optional.of(current), now);
  }

  /** What everyone may see: a JWK set (RFC 7517 section 5) without private members. */
  String toPublicJson() {
    return toPublicJson(List.of(this));
  }

  /** The same of several, each key once. */
  static String toPublicJson(List<KeyGenerations> several) {
    List<Map<String, Object>> keys =
        several.stream()
            .flatMap(one -> one.keys(OutputControlLevel.PUBLIC_ONLY).stream())
            .distinct()
            .toList();
    return JsonUtil.toJson(Map.of(KEYS, keys));
  }

  /** For the file: a JWK set with private members and the time of the last roll. */
  String toPrivateJson() {
    Map<String, Object> set = new LinkedHashMap<>();
    set.put(SINCE, since.getEpochSecond());
    set.put(KEYS, keys(OutputControlLevel.INCLUDE_PRIVATE));
    return JsonUtil.toJson(set);
  }

  private List<Map<String, Object>> keys(OutputControlLevel level) {
    List<SigningKey> keys = new ArrayList<>(List.of(next, current));
    previous.ifPresent(keys::add);
    return keys.stream().map(key -> key.toParams(level)).toList();
  }

  /** What {@link #toPrivateJson} wrote; empty if it is anything else. */
  static Optional<KeyGenerations> parse(String json) {
    try {
      Map<String, Object> set = JsonUtil.parseJson(json);
      if (!(set.get(KEYS) instanceof List<?> items) || !(set.get(SINCE) instanceof Number since)) {
        return Optional.empty();
      }
      List<SigningKey> keys = items.stream().flatMap(item -> key(item).stream()).toList();
      boolean whole = keys.size() == items.size() && keys.size() >= 2 && keys.size() <= MOST;
      return whole && keys.stream().map(SigningKey::algorithm).distinct().count() == 1
          ? Optional.of(of(keys, Instant.ofEpochSecond(since.longValue())))
          : Optional.empty();
    } catch (JoseException | DateTimeException e) {
      return Optional.empty(); // its message could quote the file
    }
  }

  private static KeyGenerations of(List<SigningKey> keys, Instant since) {
    return new KeyGenerations(keys.get(0), keys.get(1), keys.stream().skip(2).findFirst(), since);
  }

  private static Optional<SigningKey> key(Object item) {
    if (!(item instanceof Map<?, ?> members)) {
      return Optional.empty();
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    members.forEach((name, value) -> parameters.put(String.valueOf(name), value));
    Optional<SigningAlgorithm> algorithm =
        SigningAlgorithm.ofSetting(String.valueOf(parameters.get("alg")));
    try {
      PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(parameters);
      return algorithm.flatMap(known -> SigningKey.of(jwk, known));
    } catch (JoseException | RuntimeException e) {
      return Optional.empty(); // numbers that are no key; the message could quote them
    }
  }
}
