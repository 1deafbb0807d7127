/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QueryParameterTest {

  @Test
  @DisplayName("BRR-12, HTTP-08: every character of a name is found behind its escape, no other is")
  void escapes_areThoseOfTheirCharacter() {
    for (char wanted = 0; wanted < 128; wanted++) {
      for (int octet = 0; octet < 256; octet++) {
        String query = String.format("a=b&x%%%02xy=c", octet);
        String name = "x" + wanted + "y";
        assertEquals(octet == wanted, QueryParameter.isIn(Optional.of(query), name), query);
      }
    }
  }
}
