/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTokenTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access_token=x",
        "access_token",
        "access_token=",
        "a&access_token",
        "a=1&&access_token=x",
        "access_token=x&b=2",
        "access%5Ftoken=x",
        "access%5ftoken",
        "%61ccess_token=x",
        "access_toke%6e=x",
        "%61%63%63%65%73%73%5F%74%6F%6B%65%6E",
        "%&access_token",
        "%4&access_token",
        "%zz=1&access_token",
        "access_token==",
        "access_token=a=b"
      })
  @DisplayName("BRR-12: however the name is spelled, wherever it stands")
  void name_isFound(String query) {
    assertTrue(QueryToken.isIn(Optional.of(query)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&",
        "=",
        "%",
        "%6",
        "ACCESS_TOKEN=x",
        "Access_token",
        "my_access_token=x",
        "access_token2",
        "access_toke",
        "a=access_token",
        "a=1%26access_token=x",
        "access%255Ftoken",
        "access+token",
        "access_token%00=x",
        "access_token%20",
        "%20access_token"
      })
  @DisplayName("BRR-12: and no other name")
  void otherName_isNot(String query) {
    assertFalse(QueryToken.isIn(Optional.of(query)));
  }

  @Test
  void noQuery_hasNone() {
    assertFalse(QueryToken.isIn(Optional.empty()));
  }

  @Test
  @DisplayName("BRR-12: any query, against the decoder of the JDK")
  void query_isReadAsTheContainerReadsIt() {
    Random random = new Random(20261124);
    String[] pieces = {
      "access", "%5F", "_", "token", "%74oken", "&", "&", "=", "a", "%61ccess", "+"
    };
    int found = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(9); length > 0; length--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String query = text.toString();
      boolean expected =
          Arrays.stream(query.split("&"))
              .map(pair -> URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8))
              .anyMatch("access_token"::equals);
      found += expected ? 1 : 0;
      assertEquals(expected, QueryToken.isIn(Optional.of(query)), query);
    }
    assertTrue(found > 100, "found " + found);
  }
}
