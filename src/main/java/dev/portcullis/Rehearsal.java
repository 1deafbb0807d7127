/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Granted;
import dev.portcullis.access.ResourceServer;
import dev.portcullis.access.ResourceServerSettings;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import dev.portcullis.dpop.DpopProofValidator;
import dev.portcullis.dpop.ReplayGuard;
import dev.portcullis.dpop.WarmUp;
import dev.portcullis.json.JsonLiteral;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.ClaimException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.TokenIntrospector;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.store.LocalReplayStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes known requests to a protected resource made for each, which no door leads to: it has its
 * own settings, its own token and its own record of used proofs, shares nothing with the one that
 * clients reach, and is forgotten with its decision. Immutable.
 */
final class Rehearsal implements WarmUp.Resource {

  private static final InstantSource LONG_AGO = () -> Instant.EPOCH; // no known proof has run out
  private static final Map<String, String> SETTINGS =
      Map.of("dpop.type", "required", "request.base-urls", "https://known.invalid");

  private final ResourceServerSettings settings;

  Rehearsal() {
    ConfigReader config = new ConfigReader(List.of(PropertySource.of(SETTINGS)));
    settings = ResourceServerSettings.read(config, Optional.empty(), Optional.empty(), false);
  }

  @Override
  public boolean admits(ResourceRequest request, DpopProofValidator proofs, String thumbprint) {
    ReplayGuard replays =
        new ReplayGuard(
            new LocalReplayStore(1, LONG_AGO, System::nanoTime), LONG_AGO, System::nanoTime);
    ResourceServer server =
        new ResourceServer(
            settings, new OneToken(thumbprint), proofs, Optional.of(replays), LONG_AGO);
    return server.decide(request, "") instanceof Granted granted
        && granted.identity().isPresent()
        && granted.nextNonce().isEmpty();
  }

  /** Knows every token, as one that is bound to the key with that thumbprint. */
  private record OneToken(String thumbprint) implements TokenIntrospector {

    @Override
    public Optional<TokenInfo> known(TokenQuery query) {
      return Optional.of(introspect(query));
    }

    @Override
    public TokenInfo introspect(TokenQuery query) {
      Map<String, JsonValue> members =
          Map.of(
              "active",
              JsonLiteral.TRUE,
              "sub",
              new JsonString("nobody"),
              "token_type",
              new JsonString(AuthScheme.DPOP.toString()),
              "cnf",
              JsonObject.of(Map.of("jkt", new JsonString(thumbprint))));
      try {
        return TokenInfo.parse(JsonObject.of(members), Instant.EPOCH, List.of());
      } catch (ClaimException e) {
        throw new IllegalStateException("made here", e);
      }
    }
  }
}
