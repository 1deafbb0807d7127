/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.authserver.AuthorizationServerReply;
import dev.portcullis.authserver.IntrospectionJwtSettings;
import dev.portcullis.authserver.PublishedKeys;
import dev.portcullis.oauth.TokenInfo;
import java.time.Instant;
import java.time.InstantSource;

/** Reads what the authorization server answers, in the one form that is set and in no other. */
public sealed interface AnswerReader permits IntrospectionResponseParser, IntrospectionJwtReader {

  /**
   * Reads an answer.
   *
   * @param askedAt when the question was put
   */
  TokenInfo read(AuthorizationServerReply reply, Instant askedAt) throws UnreadableAnswerException;

  /** A reader of JSON (RFC 7662 section 2.2). */
  static AnswerReader ofJson() {
    return new IntrospectionResponseParser();
  }

  /**
   * A reader of signed answers (RFC 9701 section 5).
   *
   * @param keys what they are verified with
   * @param clock what time it is
   */
  static AnswerReader ofJwt(
      IntrospectionJwtSettings settings, PublishedKeys keys, InstantSource clock) {
    return new IntrospectionJwtReader(settings, keys::current, keys::newerThan, clock);
  }
}
