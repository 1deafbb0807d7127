/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where something made up gets its choices from: a fuzzer, which learns what they lead to, or a
 * sequence of octets. When nothing is left, the first of all possibilities is chosen. For one
 * thread.
 */
public interface Choices {

  /** A number from 0 to less than the bound. */
  int below(int bound);

  /** A text of at most that many characters. */
  String text(int longest);

  /** Whether nothing is left to choose from. */
  boolean isUsedUp();

  /** One of several. */
  default <T> T of(List<T> values) {
    return values.get(below(values.size()));
  }

  /** One of several. */
  default String of(String... values) {
    return values[below(values.length)];
  }

  /** A text of at most that many of these characters. */
  default String textOf(String characters, int longest) {
    StringBuilder text = new StringBuilder();
    for (int left = below(longest + 1); left > 0; left--) {
      text.append(characters.charAt(below(characters.length())));
    }
    return text.toString();
  }

  /** The fuzzer's choices. */
  static Choices of(FuzzedDataProvider data) {
    return new Choices() {
      @Override
      public int below(int bound) {
        return data.consumeInt(0, bound - 1);
      }

      @Override
      public String text(int longest) {
        return data.consumeString(longest);
      }

      @Override
      public boolean isUsedUp() {
        return data.remainingBytes() == 0;
      }
    };
  }

  /** Choices by octets, one after the other. */
  static Choices of(byte[] octets) {
    return new Choices() {
      private int at;

      @Override
      public int below(int bound) {
        int chosen = 0;
        for (int range = 1; range < bound; range <<= Byte.SIZE) {
          chosen = chosen << Byte.SIZE | next();
        }
        return chosen % bound;
      }

      @Override
      public String text(int longest) {
        int length = Math.min(below(longest + 1), octets.length - at);
        String text = new String(octets, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
      }

      @Override
      public boolean isUsedUp() {
        return at == octets.length;
      }

      private int next() {
        return at < octets.length ? octets[at++] & 0xff : 0;
      }
    };
  }
}
