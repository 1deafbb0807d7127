/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.authserver.AuthorizationServerReply;
import dev.portcullis.authserver.MediaTypes;
import dev.portcullis.json.JsonReader;
import dev.portcullis.json.MalformedJsonException;
import dev.portcullis.oauth.AttributePath;
import dev.portcullis.oauth.ClaimException;
import dev.portcullis.oauth.TokenInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the body of an introspection response (RFC 7662 section 2.2): JSON under its own media
 * type, and of the right shape. Anything else says nothing about the token.
 */
final class IntrospectionResponseParser implements AnswerReader {

  private static final String JSON = "application/json";
  private static final Set<String> TYPES = Set.of(JSON);

  private final List<AttributePath> named;

  /**
   * Makes a reader.
   *
   * @param named attributes that settings name, and so decide by
   */
  IntrospectionResponseParser(List<AttributePath> named) {
    this.named = List.copyOf(named);
  }

  @Override
  public TokenInfo read(AuthorizationServerReply reply, Instant askedAt)
      throws UnreadableAnswerException {
    return parse(reply.contentType(), reply.body(), askedAt);
  }

  TokenInfo parse(Optional<String> contentType, byte[] body, Instant retrievedAt)
      throws UnreadableAnswerException {
    if (!MediaTypes.areAll(contentType, TYPES)) {
      throw unreadable("its content type is not " + JSON);
    }
    try {
      return TokenInfo.parse(JsonReader.readAnswer(body), retrievedAt, named);
    } catch (MalformedJsonException | ClaimException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static UnreadableAnswerException unreadable(String problem) {
    return new UnreadableAnswerException(problem, "as.introspection-endpoint");
  }
}
