/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.util.HexFormat;
import java.util.Random;

/**
 * Tries a property with random octets. Each trial has a seed of its own, which a failure names:
 * {@code -Dtrials.seed=…} begins with that one, {@code -Dtrials=100000} makes more of them.
 */
public final class Trials {

  private static final int MOST_OCTETS = 120;

  private Trials() {}

  /** What must hold of octets, whatever they are. */
  @FunctionalInterface
  public interface Property {

    /** Throws if it does not hold. */
    void check(byte[] octets) throws Exception;
  }

  /** What must hold, whatever is chosen. */
  @FunctionalInterface
  public interface ChoiceProperty {

    /** Throws if it does not hold. */
    void check(Choices choices) throws Exception;
  }

  /** Tries with up to 120 octets, each as likely as any other. */
  public static void ofOctets(Property property) {
    long first = Long.getLong("trials.seed", new Random().nextLong());
    int trials = Integer.getInteger("trials", 1000);
    for (int i = 0; i < trials; i++) {
      check(property, first + i);
    }
  }

  /** Tries with choices that such octets make. */
  public static void ofChoices(ChoiceProperty property) {
    ofOctets(octets -> property.check(Choices.of(octets)));
  }

  private static void check(Property property, long seed) {
    Random random = new Random(seed);
    byte[] octets = new byte[random.nextInt(MOST_OCTETS + 1)];
    random.nextBytes(octets);
    try {
      property.check(octets.clone());
    } catch (Exception | AssertionError e) {
      String found = "-Dtrials.seed=" + seed + " fails, with " + HexFormat.of().formatHex(octets);
      throw new AssertionError(found, e);
    }
  }
}
