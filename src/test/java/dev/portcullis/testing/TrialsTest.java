/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrialsTest {

  @Test
  void trials_differ() {
    Set<Integer> lengths = new HashSet<>();

    Trials.ofOctets(octets -> lengths.add(octets.length));

    assertTrue(lengths.size() > 60, () -> "" + lengths);
    assertTrue(lengths.stream().allMatch(length -> length <= 120), () -> "" + lengths);
  }

  @Test
  void failure_namesItsSeedAndKeepsItsCause() {
    AssertionError cause = new AssertionError("as expected");

    AssertionError failure =
        assertThrows(
            AssertionError.class,
            () ->
                Trials.ofChoices(
                    choices -> {
                      if (choices.below(10) == 7) {
                        throw cause;
                      }
                    }));

    assertTrue(
        failure.getMessage().matches("-Dtrials\\.seed=-?\\d+ fails, with [0-9a-f]+"),
        failure::getMessage);
    assertEquals(cause, failure.getCause());
  }
}
