/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.store;

import dev.portcullis.introspection.CacheKey;
import dev.portcullis.introspection.CachedAnswer;
import dev.portcullis.introspection.TokenCache;
import dev.portcullis.oauth.TokenDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehcache.Cache;
import org.ehcache.UserManagedCache;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.builders.UserManagedCacheBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers on the heap, by reference, at most so many. Entries leave when their lifetime has
 * passed; whether one is still fresh is judged by its reader. Safe for use by several threads.
 */
public final class EhcacheTokenCache implements TokenCache {

  private final UserManagedCache<CacheKey, CachedAnswer> cache;

  /** Makes a store for that many answers. */
  public EhcacheTokenCache(int maxEntries) {
    cache =
        UserManagedCacheBuilder.newUserManagedCacheBuilder(CacheKey.class, CachedAnswer.class)
            .withResourcePools(
                ResourcePoolsBuilder.newResourcePoolsBuilder().heap(maxEntries, EntryUnit.ENTRIES))
            .withExpiry(new OwnLifetime())
            .build(true);
  }

  @Override
  public Optional<CachedAnswer> get(CacheKey key) {
    return Optional.ofNullable(cache.get(key));
  }

  @Override
  public void put(CacheKey key, CachedAnswer answer) {
    cache.put(key, answer);
  }

  @Override
  public void remove(CacheKey key) {
    cache.remove(key);
  }

  @Override
  public void removeAll(TokenDigest token) {
    for (Cache.Entry<CacheKey, CachedAnswer> entry : cache) {
      if (entry.getKey().token().equals(token)) {
        cache.remove(entry.getKey());
      }
    }
  }

  @Override
  public void clear() {
    cache.clear();
  }

  @Override
  public long size() {
    long size = 0;
    for (Cache.Entry<CacheKey, CachedAnswer> ignored : cache) {
      size++;
    }
    return size;
  }

  @Override
  public void close() {
    cache.close();
  }

  /** Each entry brings its own lifetime; use does not prolong it. */
  private static final class OwnLifetime implements ExpiryPolicy<CacheKey, CachedAnswer> {

    @Override
    public Duration getExpiryForCreation(CacheKey key, CachedAnswer answer) {
      return answer.lifetime();
    }

    @Override
    public @Nullable Duration getExpiryForAccess(
        CacheKey key, Supplier<? extends CachedAnswer> answer) {
      return null; // unchanged, in the terms of the library
    }

    @Override
    public Duration getExpiryForUpdate(
        CacheKey key, Supplier<? extends CachedAnswer> old, CachedAnswer answer) {
      return answer.lifetime();
    }
  }
}
