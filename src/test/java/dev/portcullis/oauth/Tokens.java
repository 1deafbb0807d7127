/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.json.JsonReader;
import dev.portcullis.json.MalformedJsonException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens, questions about them and answers, for tests. */
public final class Tokens {

  /** The second at which the tests take place. */
  public static final long T = 1_800_000_000L;

  /** The same as an instant. */
  public static final Instant NOW = Instant.ofEpochSecond(T);

  private Tokens() {}

  /** Reads an answer given at {@link #NOW} that must be readable. */
  public static TokenInfo info(String json) {
    return info(json, NOW);
  }

  /** Reads an answer that must be readable. */
  public static TokenInfo info(String json, Instant retrievedAt) {
    try {
      return parse(json, retrievedAt);
    } catch (ClaimException e) {
      throw new AssertionError(json, e);
    }
  }

  /** An answer about an active token with those further members. */
  public static TokenInfo active(String members) {
    return info("{\"active\":true" + (members.isEmpty() ? "" : "," + members) + "}");
  }

  /** An answer about an inactive token. */
  public static TokenInfo inactive() {
    return info("{\"active\":false}");
  }

  static TokenInfo parse(String json, Instant retrievedAt) throws ClaimException {
    return parse(json, retrievedAt, List.of());
  }

  /** Reads an answer where those attributes are named by settings. */
  static TokenInfo parse(String json, Instant retrievedAt, List<AttributePath> named)
      throws ClaimException {
    try {
      return TokenInfo.parse(JsonReader.readAnswer(json.getBytes(UTF_8)), retrievedAt, named);
    } catch (MalformedJsonException e) {
      throw new AssertionError(json, e);
    }
  }

  /** A token. */
  public static AccessToken token(String text) {
    return AccessToken.parse(text).orElseThrow();
  }

  /** The question about a token. */
  public static TokenQuery query(String token) {
    return new TokenQuery(token(token), Optional.empty(), "exchange", Optional.empty());
  }

  /** The question about a token at a resource. */
  public static TokenQuery query(String token, String audience) {
    return new TokenQuery(token(token), Optional.of(audience), "exchange", Optional.empty());
  }
}
