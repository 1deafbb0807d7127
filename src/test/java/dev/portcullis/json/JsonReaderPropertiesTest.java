/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.AnyOctets;
import dev.portcullis.testing.Choices;
import dev.portcullis.testing.MadeUpJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;

/** The reader takes what a reader of another make takes, and reads the same. */
class JsonReaderPropertiesTest {

  private static int good;
  private static int all;

  /** A generator whose texts are all bad, or all good, would show nothing. */
  @AfterContainer
  static void someTextsWereGood() {
    assertTrue(good > all / 20 && good < all / 10 * 9, () -> good + " of " + all);
  }

  @Property
  @Label("INT-13, DPOP-06: JSON in unusual spellings, and what is nearly JSON")
  void madeUpJson_isReadAsTheReferenceReadsIt(@ForAll(supplier = AnyOctets.class) byte[] octets) {
    Choices choices = Choices.of(octets);
    Map<String, String> members = new LinkedHashMap<>();
    for (int i = choices.below(4); i > 0; i--) {
      members.put(choices.of("a", "b", "c"), MadeUpJson.value(choices));
    }
    String json = MadeUpJson.object(members, List.of(), choices);
    if (choices.below(2) == 1) {
      json = MadeUpJson.escaped(json, choices);
    }
    check(json.getBytes(StandardCharsets.UTF_8));
  }

  @Property
  @Label("INT-13: texts of the characters that mean something in JSON")
  void anyText_isReadAsTheReferenceReadsIt(
      @ForAll
          @StringLength(max = 12)
          @Chars({'{', '}', '[', ']', '"', ':', ',', '0', '1', '-', '.', 'e', ' ', '\\', 'u'})
          String text) {
    check(text.getBytes(StandardCharsets.UTF_8));
    check(("{\"a\":" + text + "}").getBytes(StandardCharsets.UTF_8));
  }

  @Property
  @Label("INT-13: octets that are not UTF-8, within a string")
  void anyOctets_areReadAsTheReferenceReadsThem(@ForAll(supplier = AnyOctets.class) byte[] octets) {
    byte[] text = new byte[octets.length % 9 + 8];
    System.arraycopy("{\"a\":\"".getBytes(StandardCharsets.UTF_8), 0, text, 0, 6);
    System.arraycopy(octets, 0, text, 6, octets.length % 9);
    System.arraycopy("\"}".getBytes(StandardCharsets.UTF_8), 0, text, text.length - 2, 2);
    check(text);
  }

  private static void check(byte[] text) {
    good += JsonReaderFuzz.check(text) ? 1 : 0;
    all++;
  }
}
