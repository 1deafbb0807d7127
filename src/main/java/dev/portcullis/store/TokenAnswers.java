/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import dev.portcullis.introspection.CacheKey;
import dev.portcullis.introspection.CachedAnswer;
import dev.portcullis.oauth.TokenDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is kept about one token: an answer for each audience it is used at, the oldest first. What
 * it holds does not change, only whether it was used. Safe for use by several threads.
 */
final class TokenAnswers {

  /** A token used at more audiences than these loses its own oldest answers. */
  static final int MOST = 32;

  /** An answer and what it is the answer to. */
  private record Kept(CacheKey key, CachedAnswer answer) {}

  private final TokenDigest token;
  private final List<Kept> all;
  private final String client;
  private final long weight;
  private volatile boolean isUsed = true;

  private TokenAnswers(List<Kept> all) {
    Kept newest = all.get(all.size() - 1);
    this.token = newest.key().token();
    this.all = List.copyOf(all);
    this.client = client(newest.answer());
    this.weight = all.stream().mapToLong(kept -> kept.answer().weight()).sum();
  }

  /** One answer. */
  static TokenAnswers of(CacheKey key, CachedAnswer answer) {
    return new TokenAnswers(List.of(new Kept(key, answer)));
  }

  /** The same with that answer, without what was the answer before or is too much. */
  TokenAnswers with(CacheKey key, CachedAnswer answer) {
    List<Kept> changed = others(key);
    if (changed.size() == MOST) {
      changed.remove(0);
    }
    changed.add(new Kept(key, answer));
    return new TokenAnswers(changed);
  }

  /** The same without that answer, if that leaves any. */
  Optional<TokenAnswers> without(CacheKey key) {
    List<Kept> others = others(key);
    return others.isEmpty() ? Optional.empty() : Optional.of(new TokenAnswers(others));
  }

  private List<Kept> others(CacheKey key) {
    List<Kept> others = new ArrayList<>(all);
    others.removeIf(kept -> kept.key().equals(key));
    return others;
  }

  TokenDigest token() {
    return token;
  }

  /** Whose token it is: the client's, or where the server does not tell that, the user's. */
  String client() {
    return client;
  }

  int count() {
    return all.size();
  }

  long weight() {
    return weight;
  }

  /** The answer to a question, if it is there. */
  Optional<CachedAnswer> use(CacheKey key) {
    if (!isUsed) {
      isUsed = true;
    }
    for (Kept kept : all) {
      if (kept.key().equals(key)) {
        return Optional.of(kept.answer());
      }
    }
    return Optional.empty();
  }

  /** Whether it was used since this was asked last. */
  boolean forgetUse() {
    boolean wasUsed = isUsed;
    isUsed = false;
    return wasUsed;
  }

  /** Whether none of it may be used any more at that reading of the ticker. */
  boolean isOverAt(long nanoTime) {
    return all.stream().allMatch(kept -> kept.answer().isOverAt(nanoTime));
  }

  private static String client(CachedAnswer answer) {
    return answer.info().clientId().or(() -> answer.info().subject()).orElse("");
  }
}
