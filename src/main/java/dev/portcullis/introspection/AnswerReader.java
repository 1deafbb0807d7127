/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.authserver.AuthorizationServerReply;
import dev.portcullis.authserver.IntrospectionJwtSettings;
import dev.portcullis.authserver.PublishedKeys;
import dev.portcullis.oauth.AttributePath;
import dev.portcullis.oauth.TokenInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Reads what the authorization server answers, in the one form that is set and in no other. */
public sealed interface AnswerReader permits IntrospectionResponseParser, IntrospectionJwtReader {

  /**
   * Reads an answer.
   *
   * @param askedAt when the question was put
   */
  TokenInfo read(AuthorizationServerReply reply, Instant askedAt) throws UnreadableAnswerException;

  /**
   * A reader of JSON (RFC 7662 section 2.2).
   *
   * @param named attributes that settings name, and so decide by
   */
  static AnswerReader ofJson(List<AttributePath> named) {
    return new IntrospectionResponseParser(named);
  }

  /**
   * A reader of signed answers (RFC 9701 section 5).
   *
   * @param keys what they are verified with
   * @param named as above
   * @param clock what time it is
   */
  static AnswerReader ofJwt(
      IntrospectionJwtSettings settings,
      PublishedKeys keys,
      List<AttributePath> named,
      InstantSource clock) {
    return new IntrospectionJwtReader(settings, keys::current, keys::newerThan, named, clock);
  }
}
