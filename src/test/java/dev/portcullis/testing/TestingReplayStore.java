/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import dev.portcullis.api.ReplayStore;
import dev.portcullis.store.LocalReplayStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A record of used proofs of a test's, which several filters can share and a test can put out of
 * order. Named in the settings by {@link Shared#settings()}.
 */
public final class TestingReplayStore implements ReplayStore {

  private static final ConcurrentMap<String, Shared> RECORDS = new ConcurrentHashMap<>();

  private Shared shared = new Shared();

  /** For the filter. */
  public TestingReplayStore() {}

  @Override
  public void open(Map<String, String> settings) throws Exception {
    shared = RECORDS.get(settings.get("record"));
    shared.events.add("opened");
    shared.behaviour.open(settings);
  }

  @Override
  public Outcome register(String id, Instant until) throws Exception {
    return shared.behaviour.register(id, until);
  }

  @Override
  public void close() {
    shared.events.add("closed");
    shared.behaviour.close();
  }

  /** What the filters share. Safe for use by several threads. */
  public static final class Shared {

    private static final int PLACES = 100_000;

    private final String id = UUID.randomUUID().toString();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final ReplayStore good =
        new LocalReplayStore(PLACES, InstantSource.system(), System::nanoTime);
    private volatile ReplayStore behaviour = good;

    /** An empty record. */
    public Shared() {
      RECORDS.put(id, this);
    }

    /** The settings that make a filter use it. */
    public Map<String, String> settings() {
      return Map.of(
          "dpop.replay-store", TestingReplayStore.class.getName(), "dpop.replay-store.record", id);
    }

    /** Does from now on what that one does. */
    public void behaveAs(ReplayStore other) {
      behaviour = other;
    }

    /** Does from now on what it should. */
    public void recover() {
      behaviour = good;
    }

    /** What filters did with it besides asking. */
    public List<String> events() {
      return List.copyOf(events);
    }
  }
}
