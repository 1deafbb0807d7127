/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.util.Collection;
import java.util.Optional;

/** Finds the key that a mistyped one was meant to be. */
final class NearestKey {

  private static final int FARTHEST = 2;

  private NearestKey() {}

  /** The key that the fewest edits away, two at most; of several the first. */
  static Optional<String> to(String mistyped, Collection<String> keys) {
    Optional<String> nearest = Optional.empty();
    int least = FARTHEST + 1;
    for (String key : keys) {
      int distance = distance(mistyped, key);
      if (distance < least) {
        least = distance;
        nearest = Optional.of(key);
      }
    }
    return nearest;
  }

  /** Levenshtein's distance; that of texts of too different a length is not worked out. */
  static int distance(String left, String right) {
    if (Math.abs(left.length() - right.length()) > FARTHEST) {
      return FARTHEST + 1;
    }
    int[] row = new int[right.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int i = 0; i < left.length(); i++) {
      next(row, left.charAt(i), right);
    }
    return row[right.length()];
  }

  /** Turns the row of distances for a prefix of the left text into that for one more character. */
  private static void next(int[] row, char character, String right) {
    int diagonal = row[0]++;
    for (int column = 1; column < row.length; column++) {
      int replaced = diagonal + (character == right.charAt(column - 1) ? 0 : 1);
      diagonal = row[column];
      row[column] = Math.min(replaced, Math.min(row[column], row[column - 1]) + 1);
    }
  }
}
