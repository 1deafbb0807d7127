/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.authserver.IntrospectionJwtSettings;
import dev.portcullis.json.JsonArray;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import dev.portcullis.oauth.ClaimException;
import dev.portcullis.oauth.Members;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What a signed answer must say of itself (RFC 9701 section 5): who made it, for whom, and when.
 * Nothing in it names the token it is about, so its age is all that bounds how long it can be
 * passed off as the answer to another question. Immutable.
 */
final class IntrospectionJwtClaims {

  private static final long OLDEST_SECONDS = 60;
  private static final long SKEW_SECONDS = 10;

  private final IntrospectionJwtSettings settings;
  private final InstantSource clock;

  IntrospectionJwtClaims(IntrospectionJwtSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  void check(JsonObject payload) throws UnreadableAnswerException {
    if (!payload.text("iss").equals(Optional.of(settings.issuer()))) {
      throw new UnreadableAnswerException("'iss' is not the issuer that is set", "as.issuer");
    }
    if (payload.get("aud").stream().noneMatch(this::isForUs)) {
      throw new UnreadableAnswerException("'aud' does not name this client", "client.id");
    }
    if (!isFresh(payload)) {
      throw new UnreadableAnswerException(
          "'iat' is missing, too old or in the future", IntrospectionJwtSettings.RESPONSE);
    }
  }

  private boolean isForUs(JsonValue audience) {
    List<JsonValue> all = audience instanceof JsonArray array ? array.values() : List.of(audience);
    return all.stream().allMatch(one -> one instanceof JsonString && one.isExact())
        && all.stream().anyMatch(one -> settings.audiences().contains(((JsonString) one).value()));
  }

  private boolean isFresh(JsonObject payload) {
    long now = clock.instant().getEpochSecond();
    try {
      return new Members(payload)
          .time("iat")
          .filter(time -> time.toLong(RoundingMode.FLOOR) >= now - OLDEST_SECONDS)
          .filter(time -> time.toLong(RoundingMode.CEILING) <= now + SKEW_SECONDS)
          .isPresent();
    } catch (ClaimException e) {
      return false;
    }
  }
}
