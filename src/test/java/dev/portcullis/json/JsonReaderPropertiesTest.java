/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.Choices;
import dev.portcullis.testing.MadeUpJson;
import dev.portcullis.testing.Trials;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The reader takes what a reader of another make takes, and reads the same. */
class JsonReaderPropertiesTest {

  private static int good;
  private static int all;

  /** A generator whose texts are all bad, or all good, would show nothing. */
  @AfterAll
  static void someTextsWereGood() {
    assertTrue(good > all / 20 && good < all / 10 * 9, () -> good + " of " + all);
  }

  @Test
  @DisplayName("INT-13, DPOP-06: JSON in unusual spellings, and what is nearly JSON")
  void madeUpJson_isReadAsTheReferenceReadsIt() {
    Trials.ofChoices(choices -> check(madeUp(choices)));
  }

  @Test
  @DisplayName("INT-13: texts of the characters that mean something in JSON")
  void anyText_isReadAsTheReferenceReadsIt() {
    Trials.ofChoices(
        choices -> {
          String text = choices.textOf("{}[]\":,01-.e \\u", 12);
          check(text);
          check("{\"a\":" + text + "}");
        });
  }

  @Test
  @DisplayName("INT-13: octets that are not UTF-8, within a string")
  void anyOctets_areReadAsTheReferenceReadsThem() {
    Trials.ofOctets(
        octets -> {
          byte[] text = new byte[octets.length % 9 + 8];
          System.arraycopy("{\"a\":\"".getBytes(StandardCharsets.UTF_8), 0, text, 0, 6);
          System.arraycopy(octets, 0, text, 6, octets.length % 9);
          System.arraycopy("\"}".getBytes(StandardCharsets.UTF_8), 0, text, text.length - 2, 2);
          check(text);
        });
  }

  private static String madeUp(Choices choices) {
    Map<String, String> members = new LinkedHashMap<>();
    for (int i = choices.below(4); i > 0; i--) {
      members.put(choices.of("a", "b", "c"), MadeUpJson.value(choices));
    }
    String json = MadeUpJson.object(members, List.of(), choices);
    return choices.below(2) == 1 ? MadeUpJson.escaped(json, choices) : json;
  }

  private static void check(String text) {
    check(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void check(byte[] text) {
    good += JsonReaderFuzz.check(text) ? 1 : 0;
    all++;
  }
}
