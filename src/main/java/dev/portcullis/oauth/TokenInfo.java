/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import dev.portcullis.json.JsonLiteral;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonValue;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the authorization server said of a token: the introspection response of RFC 7662 section
 * 2.2, its types checked and nothing judged. Times are seconds since the epoch, fractions rounded
 * to the strict side. Immutable.
 */
public final class TokenInfo {

  /** Every member that a decision may hang on, whatever the settings. */
  private static final List<String> DECIDING =
      List.of(
          "active",
          "exp",
          "nbf",
          "iat",
          "jti",
          "iss",
          "aud",
          "sub",
          "username",
          "client_id",
          "scope",
          "token_type",
          "token_use",
          "cnf",
          "acr",
          "auth_time");

  private final JsonObject response;
  private final Instant retrievedAt;
  private final boolean active;
  private final Optional<String> subject;
  private final Optional<String> username;
  private final Optional<String> clientId;
  private final Optional<String> issuer;
  private final Optional<String> tokenType;
  private final Optional<String> tokenUse;
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
    Members members = new Members(response);
    this.active = members.flag("active");
    this.subject = members.name("sub");
    this.username = members.name("username");
    this.clientId = members.name("client_id");
    this.issuer = members.text("iss");
    this.tokenType = members.word("token_type");
    this.tokenUse = members.word("token_use");
    this.audience = members.texts("aud").map(Set::copyOf);
    this.scopes = Scopes.parse(String.join(" ", members.texts("scope").orElse(Set.of())));
    this.confirmation = confirmation(response);
    this.expiresAt = seconds(members, "exp", RoundingMode.FLOOR, Long.MAX_VALUE);
    this.notBefore = seconds(members, "nbf", RoundingMode.CEILING, Long.MIN_VALUE);
    this.issuedAt = seconds(members, "iat", RoundingMode.FLOOR, Long.MIN_VALUE);
    this.authenticationContext = members.name("acr");
    this.authenticatedAt = seconds(members, "auth_time", RoundingMode.FLOOR, Long.MIN_VALUE);
  }

  /**
   * Reads a response.
   *
   * @param response the answer of the authorization server
   * @param retrievedAt when it was asked
   * @param named attributes that settings name, and so decide by
   * @throws ClaimException if a member that is relied on has another type than RFC 7662 gives it,
   *     or could not be read as it is written. Of an inactive token nothing but {@code active} is
   *     relied on.
   */
  public static TokenInfo parse(
      JsonObject response, Instant retrievedAt, Collection<AttributePath> named)
      throws ClaimException {
    if (!new Members(response).flag("active")) {
      return new TokenInfo(response.only("active"), retrievedAt);
    }
    for (String name : DECIDING) {
      if (!response.get(name).map(JsonValue::isExact).orElse(true)) {
        throw ClaimException.ofText(name);
      }
    }
    for (AttributePath path : named) {
      if (!path.isExactIn(response)) {
        throw ClaimException.ofText(path.name());
      }
    }
    return new TokenInfo(response, retrievedAt);
  }

  /** What is known of a token that was called dead without a response to read. */
  public static TokenInfo inactive(Instant retrievedAt) {
    try {
      return parse(JsonObject.of(Map.of("active", JsonLiteral.FALSE)), retrievedAt, List.of());
    } catch (ClaimException e) {
      throw new IllegalStateException("made here", e);
    }
  }

  /** {@code active}. */
  public boolean isActive() {
    return active;
  }

  /** {@code sub}. */
  public Optional<String> subject() {
    return subject;
  }

  /** {@code username}. */
  public Optional<String> username() {
    return username;
  }

  /** {@code client_id}. */
  public Optional<String> clientId() {
    return clientId;
  }

  /** {@code iss}. */
  public Optional<String> issuer() {
    return issuer;
  }

  /** {@code token_type}, without white space around it; one that is empty is none. */
  public Optional<String> tokenType() {
    return tokenType;
  }

  /** {@code token_use}, likewise: what some servers say the token is for. */
  public Optional<String> tokenUse() {
    return tokenUse;
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

  private static long seconds(Members members, String name, RoundingMode mode, long absent)
      throws ClaimException {
    return members.time(name).map(time -> time.toLong(mode)).orElse(absent);
  }

  private static Confirmation confirmation(JsonObject response) throws ClaimException {
    Optional<JsonValue> member = response.get("cnf");
    if (member.isEmpty()) {
      return Confirmation.NONE;
    }
    if (member.get() instanceof JsonObject cnf) {
      return Confirmation.parse(cnf);
    }
    throw ClaimException.ofType("cnf");
  }
}
