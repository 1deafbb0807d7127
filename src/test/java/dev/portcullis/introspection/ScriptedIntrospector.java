/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.TokenIntrospector;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.oauth.UnavailableException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for the authorization server: answers as it is told and counts how often it is asked. */
final class ScriptedIntrospector implements TokenIntrospector {

  /** What it says. */
  interface Answer {
    TokenInfo to(TokenQuery query) throws UnavailableException;
  }

  private final AtomicInteger calls = new AtomicInteger();
  private volatile Answer answer;

  ScriptedIntrospector(Answer answer) {
    this.answer = answer;
  }

  void says(Answer other) {
    answer = other;
  }

  int calls() {
    return calls.get();
  }

  @Override
  public Optional<TokenInfo> known(TokenQuery query) {
    return Optional.empty();
  }

  @Override
  public TokenInfo introspect(TokenQuery query) throws UnavailableException {
    calls.incrementAndGet();
    return answer.to(query);
  }
}
