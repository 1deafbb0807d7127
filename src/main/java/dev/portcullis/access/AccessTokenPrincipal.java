/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.api.TokenPrincipal;
import dev.portcullis.json.JsonArray;
import dev.portcullis.json.JsonLiteral;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.TokenInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The principal of a request: a view on what the authorization server said. Immutable. */
record AccessTokenPrincipal(String name, boolean isClient, TokenInfo info, AuthScheme scheme)
    implements TokenPrincipal {

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Optional<String> subject() {
    return info.subject();
  }

  @Override
  public Optional<String> clientId() {
    return info.clientId();
  }

  @Override
  public String tokenType() {
    return scheme.toString();
  }

  @Override
  public Set<String> scopes() {
    return info.scopes().values();
  }

  @Override
  public Map<String, List<String>> attributes() {
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    info.response().members().forEach((name, value) -> attributes.put(name, texts(value)));
    return Collections.unmodifiableMap(attributes);
  }

  @Override
  public Optional<Instant> expiresAt() {
    return info.expiresAt();
  }

  @Override
  public Instant retrievedAt() {
    return info.retrievedAt();
  }

  @Override
  public String rawResponse() {
    return info.response().toString();
  }

  @Override
  public String toString() {
    return name;
  }

  private static List<String> texts(JsonValue value) {
    return value instanceof JsonArray array
        ? array.values().stream()
            .filter(element -> element != JsonLiteral.NULL)
            .map(AccessTokenPrincipal::text)
            .toList()
        : List.of(text(value));
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.value() : value.toString();
  }
}
