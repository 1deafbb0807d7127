/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What each client has in a store, and what is to go next: of the client that takes most, what it
 * has not used for longest. Not safe for use by several threads.
 */
final class ClientShares {

  /** So many that were used are passed over before one of them goes all the same. */
  private static final int MOST_PASSED_OVER = 64;

  private final Map<String, Share> shares = new HashMap<>();
  private final TreeSet<Share> lightestFirst =
      new TreeSet<>(Comparator.comparingLong(Share::weight).thenComparing(Share::client));

  void add(TokenAnswers answers) {
    Share share = shares.computeIfAbsent(answers.client(), Share::new);
    lightestFirst.remove(share);
    share.add(answers);
    lightestFirst.add(share);
  }

  void remove(TokenAnswers answers) {
    Share share = shares.get(answers.client());
    if (share == null || !share.tokens.contains(answers)) {
      return;
    }
    lightestFirst.remove(share);
    share.remove(answers);
    if (share.tokens.isEmpty()) {
      shares.remove(share.client());
    } else {
      lightestFirst.add(share);
    }
  }

  void clear() {
    shares.clear();
    lightestFirst.clear();
  }

  /** The oldest of the same client's, if it is over at that reading of the ticker. */
  Optional<TokenAnswers> oldestOver(TokenAnswers answers, long nanoTime) {
    return Optional.ofNullable(shares.get(answers.client()))
        .map(Share::oldest)
        .filter(oldest -> oldest.isOverAt(nanoTime));
  }

  /** What is to go next; there must be something. */
  TokenAnswers next() {
    Share heaviest = lightestFirst.last();
    TokenAnswers oldest = heaviest.oldest();
    for (int i = 0; i < MOST_PASSED_OVER && oldest.forgetUse(); i++) {
      heaviest.tokens.remove(oldest);
      heaviest.tokens.add(oldest);
      oldest = heaviest.oldest();
    }
    return oldest;
  }

  /** What one client has, the oldest first. */
  private static final class Share {

    private final String client;
    private final LinkedHashSet<TokenAnswers> tokens = new LinkedHashSet<>();
    private long weight;

    Share(String client) {
      this.client = client;
    }

    String client() {
      return client;
    }

    long weight() {
      return weight;
    }

    TokenAnswers oldest() {
      return tokens.iterator().next();
    }

    void add(TokenAnswers answers) {
      tokens.add(answers);
      weight += answers.weight();
    }

    void remove(TokenAnswers answers) {
      tokens.remove(answers);
      weight -= answers.weight();
    }
  }
}
