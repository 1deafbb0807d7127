/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.ReplayStore;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PlugInClass;
import dev.portcullis.config.UnusableClassException;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Optional;

/**
 * A record of used proofs of the user's, as {@code dpop.replay-store} names it.
 *
 * @param constructor how it is made
 * @param settings what it is given; not printed, there may be secrets in it
 */
public record ReplayStoreClass(
    Constructor<? extends ReplayStore> constructor, Map<String, String> settings) {

  static final String KEY = "dpop.replay-store";
  private static final String LOCAL = "local";

  /** Copies the settings. */
  public ReplayStoreClass {
    settings = Map.copyOf(settings);
  }

  /** The class that is named; none with {@code local}. */
  static Optional<ReplayStoreClass> read(ConfigReader config) {
    String name = config.string(KEY, LOCAL);
    if (name.equals(LOCAL)) {
      return Optional.empty();
    }
    Map<String, String> settings = config.below(KEY + ".");
    try {
      return Optional.of(
          new ReplayStoreClass(PlugInClass.constructor(name, ReplayStore.class), settings));
    } catch (UnusableClassException e) {
      config.problem(KEY, e.text());
      return Optional.empty();
    }
  }

  /** The name of the class. */
  public String name() {
    return constructor.getDeclaringClass().getName();
  }

  /** Shows no setting. */
  @Override
  public String toString() {
    return "ReplayStoreClass[" + name() + "]";
  }
}
