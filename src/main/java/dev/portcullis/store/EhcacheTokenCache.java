/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import dev.portcullis.introspection.CacheKey;
import dev.portcullis.introspection.CachedAnswer;
import dev.portcullis.introspection.TokenCache;
import dev.portcullis.oauth.TokenDigest;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ehcache.UserManagedCache;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.builders.UserManagedCacheBuilder;
import org.ehcache.config.units.EntryUnit;

/**
 * Keeps answers in Ehcache on the heap of this node, at most so many, and of at most so many
 * octets. When there are more, the client that takes most of the store loses those it has not used
 * for longest, so that no client pushes out the answers of others. Reading takes no lock. Safe for
 * use by several threads.
 */
public final class EhcacheTokenCache implements TokenCache {

  /** An answer may take one of so many parts of the store. */
  private static final int LARGEST_SHARE = 100;

  private final int maxEntries;
  private final long maxSize;
  private final LongSupplier nanoTime;
  private final UserManagedCache<TokenDigest, TokenAnswers> tokens;
  private final ClientShares clients = new ClientShares();
  private long entries;
  private long weight;

  /**
   * Makes an empty store.
   *
   * @param maxEntries how many answers it keeps
   * @param maxSize how many octets they may take
   * @param nanoTime the ticker that the lifetime of answers is counted by
   */
  public EhcacheTokenCache(int maxEntries, long maxSize, LongSupplier nanoTime) {
    this.maxEntries = maxEntries;
    this.maxSize = maxSize;
    this.nanoTime = nanoTime;
    // One more than ever stays: Ehcache has nothing to evict, what goes is chosen here.
    this.tokens =
        UserManagedCacheBuilder.newUserManagedCacheBuilder(TokenDigest.class, TokenAnswers.class)
            .withResourcePools(
                ResourcePoolsBuilder.newResourcePoolsBuilder()
                    .heap(maxEntries + 1L, EntryUnit.ENTRIES))
            .build(true);
  }

  @Override
  public Optional<CachedAnswer> get(CacheKey key) {
    TokenAnswers answers = tokens.get(key.token());
    return answers == null ? Optional.empty() : answers.use(key);
  }

  @Override
  public synchronized void put(CacheKey key, CachedAnswer answer) {
    if (answer.size() > maxSize / LARGEST_SHARE) {
      remove(key);
      return;
    }
    TokenAnswers before = tokens.get(key.token());
    TokenAnswers after = before == null ? TokenAnswers.of(key, answer) : before.with(key, answer);
    keep(after);
    if (before != null) {
      drop(before);
    }
    clients.oldestOver(after, nanoTime.getAsLong()).ifPresent(this::drop);
    while (entries > maxEntries || weight > maxSize) {
      drop(clients.next());
    }
  }

  @Override
  public synchronized void remove(CacheKey key) {
    TokenAnswers before = tokens.get(key.token());
    if (before != null) {
      before.without(key).ifPresent(this::keep);
      drop(before);
    }
  }

  @Override
  public synchronized void removeAll(TokenDigest token) {
    Optional.ofNullable(tokens.get(token)).ifPresent(this::drop);
  }

  @Override
  public synchronized void clear() {
    tokens.clear();
    clients.clear();
    entries = 0;
    weight = 0;
  }

  @Override
  public synchronized long size() {
    return entries;
  }

  @Override
  public synchronized void close() {
    tokens.close();
  }

  /** In the place of what was kept about the token: a reader finds the one or the other. */
  private void keep(TokenAnswers answers) {
    tokens.put(answers.token(), answers);
    clients.add(answers);
    entries += answers.count();
    weight += answers.weight();
  }

  private void drop(TokenAnswers answers) {
    tokens.remove(answers.token(), answers);
    clients.remove(answers);
    entries -= answers.count();
    weight -= answers.weight();
  }
}
