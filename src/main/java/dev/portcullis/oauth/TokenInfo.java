/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import dev.portcullis.json.JsonArray;
import dev.portcullis.json.JsonLiteral;
import dev.portcullis.json.JsonNumber;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the authorization server said of a token: the introspection response of RFC 7662 section
 * 2.2, its types checked and nothing judged. Times are seconds since the epoch, fractions rounded
 * to the strict side. Immutable.
 */
public final class TokenInfo {

  private static final Optional<JsonValue> REFRESH_TOKEN =
      Optional.of(new JsonString("refresh_token"));

  private final JsonObject response;
  private final Instant retrievedAt;
  private final boolean active;
  private final boolean isRefreshToken;
  private final Optional<String> subject;
  private final Optional<String> clientId;
  private final Optional<String> issuer;
  private final Optional<String> tokenType;
  private final Optional<Set<String>> audience;
  private final Scopes scopes;
  private final Confirmation confirmation;
  private final long expiresAt;
  private final long notBefore;
  private final long issuedAt;
  private final long authenticatedAt;
  private final Optional<String> authenticationContext;

  private TokenInfo(JsonObject response, Instant retrievedAt) throws ClaimException {
    this.response = response;
    this.retrievedAt = retrievedAt;
    this.active = requiredBoolean(response, "active");
    this.subject = text(response, "sub");
    this.clientId = text(response, "client_id");
    this.issuer = text(response, "iss");
    this.tokenType = text(response, "token_type");
    this.audience = texts(response, "aud");
    this.scopes = text(response, "scope").map(Scopes::parse).orElse(Scopes.NONE);
    this.confirmation = confirmation(response);
    this.expiresAt = seconds(response, "exp", RoundingMode.FLOOR, Long.MAX_VALUE);
    this.notBefore = seconds(response, "nbf", RoundingMode.CEILING, Long.MIN_VALUE);
    this.issuedAt = seconds(response, "iat", RoundingMode.FLOOR, Long.MIN_VALUE);
    this.isRefreshToken = response.get("token_use").equals(REFRESH_TOKEN);
    this.authenticationContext = text(response, "acr");
    this.authenticatedAt = seconds(response, "auth_time", RoundingMode.FLOOR, Long.MIN_VALUE);
  }

  /**
   * Reads a response.
   *
   * @param response the answer of the authorization server
   * @param retrievedAt when it was asked
   * @throws ClaimException if a member that is relied on has another type than RFC 7662 gives it.
   *     Of an inactive token nothing but {@code active} is relied on.
   */
  public static TokenInfo parse(JsonObject response, Instant retrievedAt) throws ClaimException {
    return requiredBoolean(response, "active")
        ? new TokenInfo(response, retrievedAt)
        : new TokenInfo(response.only("active"), retrievedAt);
  }

  /** {@code active}. */
  public boolean isActive() {
    return active;
  }

  /** {@code sub}. */
  public Optional<String> subject() {
    return subject;
  }

  /** {@code client_id}. */
  public Optional<String> clientId() {
    return clientId;
  }

  /** {@code iss}. */
  public Optional<String> issuer() {
    return issuer;
  }

  /** {@code token_type}. */
  public Optional<String> tokenType() {
    return tokenType;
  }

  /** Whether the response gives the token away as a refresh token. */
  public boolean isRefreshToken() {
    return isRefreshToken;
  }

  /** {@code aud}, one or several; absent is not the same as empty. */
  public Optional<Set<String>> audience() {
    return audience;
  }

  /** {@code scope}. */
  public Scopes scopes() {
    return scopes;
  }

  /** {@code cnf}. */
  public Confirmation confirmation() {
    return confirmation;
  }

  /** Whether {@code exp} has come: the token is not used at or after it. */
  public boolean isExpiredAt(long epochSecond) {
    return epochSecond >= expiresAt;
  }

  /** Whether {@code nbf} is still to come. */
  public boolean isNotYetValidAt(long epochSecond) {
    return epochSecond < notBefore;
  }

  /** {@code exp}, if there is one. */
  public Optional<Instant> expiresAt() {
    return expiresAt == Long.MAX_VALUE ? Optional.empty() : Optional.of(instant(expiresAt));
  }

  /** {@code iat}, if there is one. */
  public Optional<Instant> issuedAt() {
    return issuedAt == Long.MIN_VALUE ? Optional.empty() : Optional.of(instant(issuedAt));
  }

  /** {@code acr}: how the user authenticated (RFC 9470 section 6.2). */
  public Optional<String> authenticationContext() {
    return authenticationContext;
  }

  /** {@code auth_time}: when the user authenticated, if that is told (RFC 9470 section 6.2). */
  public Optional<Instant> authenticatedAt() {
    return authenticatedAt == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(instant(authenticatedAt));
  }

  /** When the authorization server was asked. */
  public Instant retrievedAt() {
    return retrievedAt;
  }

  /** The whole response. */
  public JsonObject response() {
    return response;
  }

  /** Shows no member of the response: they are personal data (RFC 7662 section 5). */
  @Override
  public String toString() {
    return "TokenInfo[active=" + active + "]";
  }

  private static Instant instant(long epochSecond) {
    long atMost = Math.min(epochSecond, Instant.MAX.getEpochSecond());
    return Instant.ofEpochSecond(Math.max(atMost, Instant.MIN.getEpochSecond()));
  }

  private static boolean requiredBoolean(JsonObject response, String name) throws ClaimException {
    Optional<JsonValue> member = response.get(name);
    if (member.isPresent() && member.get() instanceof JsonLiteral literal && literal.isBoolean()) {
      return literal == JsonLiteral.TRUE;
    }
    throw new ClaimException(name);
  }

  private static Optional<String> text(JsonObject response, String name) throws ClaimException {
    Optional<JsonValue> member = response.get(name);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(text(member.get(), name));
  }

  private static String text(JsonValue value, String name) throws ClaimException {
    if (value instanceof JsonString string) {
      return string.value();
    }
    throw new ClaimException(name);
  }

  private static Optional<Set<String>> texts(JsonObject response, String name)
      throws ClaimException {
    Optional<JsonValue> member = response.get(name);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    Set<String> texts = new LinkedHashSet<>();
    List<JsonValue> values =
        member.get() instanceof JsonArray array ? array.values() : List.of(member.get());
    for (JsonValue value : values) {
      texts.add(text(value, name));
    }
    return Optional.of(Set.copyOf(texts));
  }

  private static long seconds(JsonObject response, String name, RoundingMode mode, long absent)
      throws ClaimException {
    Optional<JsonValue> member = response.get(name);
    if (member.isEmpty()) {
      return absent;
    }
    if (member.get() instanceof JsonNumber number && number.isFinite()) {
      return number.toLong(mode);
    }
    throw new ClaimException(name);
  }

  private static Confirmation confirmation(JsonObject response) throws ClaimException {
    Optional<JsonValue> member = response.get("cnf");
    if (member.isEmpty()) {
      return Confirmation.NONE;
    }
    if (member.get() instanceof JsonObject cnf) {
      return Confirmation.parse(cnf);
    }
    throw new ClaimException("cnf");
  }
}
