/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopesTest {

  @ParameterizedTest
  @CsvSource(
      value = {
        "read write|read write",
        "read  write|read write",
        "' read'|read",
        "'read '|read",
        "write read|write read",
        "read read|read",
        "''|''",
        "'   '|''",
        "read\twrite|read\twrite"
      },
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false)
  @DisplayName("ERR-06: a list separated by spaces, kept in its order")
  void list_isSeparatedBySpaces(String list, String expected) {
    assertEquals(expected, Scopes.parse(list).toString());
  }

  @Test
  @DisplayName("ERR-06: all, any; by case")
  void scopes_areCompared() {
    Scopes granted = Scopes.parse("read write");
    assertTrue(granted.containsAll(Scopes.parse("write")));
    assertTrue(granted.containsAll(Scopes.parse("write read")));
    assertTrue(granted.containsAll(Scopes.NONE));
    assertFalse(granted.containsAll(Scopes.parse("write admin")));
    assertFalse(granted.containsAll(Scopes.parse("Write")));
    assertTrue(granted.containsAny(Scopes.parse("write admin")));
    assertFalse(granted.containsAny(Scopes.parse("admin WRITE rea")));
    assertFalse(granted.containsAny(Scopes.NONE));
    assertTrue(Scopes.NONE.isEmpty());
    assertFalse(granted.isEmpty());
  }

  @Test
  void scopes_keepTheirOwnList() {
    List<String> list = new ArrayList<>(List.of("b", "a"));
    Scopes scopes = Scopes.of(list);
    list.add("c");
    assertEquals("b a", scopes.toString());
    assertEquals(Scopes.parse("b a"), scopes);
  }
}
